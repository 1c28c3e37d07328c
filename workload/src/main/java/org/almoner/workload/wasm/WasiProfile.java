package org.almoner.workload.wasm;

import java.util.Map;
import java.util.Optional;

/**
 * The functions a module may import: WASI preview 1 without sockets and signals.
 *
 * <p>What each does in a unit is fixed by {@code docs/spec/wasi-profile.md}; every name here is
 * answered by every engine, if only with an error.
 *
 * @see <a href="https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md">WASI preview
 *     1</a>
 */
public final class WasiProfile {
  /** Version of the profile; part of what replicas must share. */
  public static final String VERSION = "almoner-wasi/1";

  /** The only module name that imports may give. */
  public static final String MODULE = "wasi_snapshot_preview1";

  /** i = i32, l = i64; parameters, colon, results. */
  private static final Map<String, String> SIGNATURES =
      Map.ofEntries(
          Map.entry("args_get", "ii:i"),
          Map.entry("args_sizes_get", "ii:i"),
          Map.entry("clock_res_get", "ii:i"),
          Map.entry("clock_time_get", "ili:i"),
          Map.entry("environ_get", "ii:i"),
          Map.entry("environ_sizes_get", "ii:i"),
          Map.entry("fd_advise", "illi:i"),
          Map.entry("fd_allocate", "ill:i"),
          Map.entry("fd_close", "i:i"),
          Map.entry("fd_datasync", "i:i"),
          Map.entry("fd_fdstat_get", "ii:i"),
          Map.entry("fd_fdstat_set_flags", "ii:i"),
          Map.entry("fd_fdstat_set_rights", "ill:i"),
          Map.entry("fd_filestat_get", "ii:i"),
          Map.entry("fd_filestat_set_size", "il:i"),
          Map.entry("fd_filestat_set_times", "illi:i"),
          Map.entry("fd_pread", "iiili:i"),
          Map.entry("fd_prestat_dir_name", "iii:i"),
          Map.entry("fd_prestat_get", "ii:i"),
          Map.entry("fd_pwrite", "iiili:i"),
          Map.entry("fd_read", "iiii:i"),
          Map.entry("fd_readdir", "iiili:i"),
          Map.entry("fd_renumber", "ii:i"),
          Map.entry("fd_seek", "ilii:i"),
          Map.entry("fd_sync", "i:i"),
          Map.entry("fd_tell", "ii:i"),
          Map.entry("fd_write", "iiii:i"),
          Map.entry("path_create_directory", "iii:i"),
          Map.entry("path_filestat_get", "iiiii:i"),
          Map.entry("path_filestat_set_times", "iiiilli:i"),
          Map.entry("path_link", "iiiiiii:i"),
          Map.entry("path_open", "iiiiillii:i"),
          Map.entry("path_readlink", "iiiiii:i"),
          Map.entry("path_remove_directory", "iii:i"),
          Map.entry("path_rename", "iiiiii:i"),
          Map.entry("path_symlink", "iiiii:i"),
          Map.entry("path_unlink_file", "iii:i"),
          Map.entry("poll_oneoff", "iiii:i"),
          Map.entry("proc_exit", "i:"),
          Map.entry("random_get", "ii:i"),
          Map.entry("sched_yield", ":i"));

  private WasiProfile() {}

  /** Signature of the function {@code name}, or nothing when the profile has none of that name. */
  public static Optional<String> signature(String name) {
    return Optional.ofNullable(SIGNATURES.get(name));
  }

  /** All functions by name, with their signatures. */
  public static Map<String, String> signatures() {
    return SIGNATURES;
  }
}
