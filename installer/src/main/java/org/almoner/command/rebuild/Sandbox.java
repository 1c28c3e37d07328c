package org.almoner.command.rebuild;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the owner's commands are kept away from this computer: bubblewrap with the programs of the
 * system to read, one folder to write and no network.
 *
 * @see <a href="https://github.com/containers/bubblewrap">bubblewrap</a>
 */
final class Sandbox {
  /**
   * Where the source lies inside, for everybody alike: compilers write paths into what they make.
   */
  static final String INSIDE = "/build";

  private static final List<String> ROOT_FOLDERS = List.of("/bin", "/sbin", "/lib", "/lib64");
  private static final List<String> READ =
      List.of(
          "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/opt");

  private Sandbox() {}

  /** The command that runs {@code command} inside, in {@code folder} of the source. */
  static List<String> around(Path source, String folder, List<String> command) {
    List<String> out =
        new ArrayList<>(
            List.of("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--ro-bind"));
    out.addAll(List.of("/usr", "/usr"));
    for (String root : ROOT_FOLDERS) {
      Path path = Path.of(root);
      if (Files.isSymbolicLink(path)) {
        out.addAll(List.of("--symlink", "usr" + root, root));
      } else if (Files.isDirectory(path)) {
        out.addAll(List.of("--ro-bind", root, root));
      }
    }
    for (String path : READ) {
      out.addAll(List.of("--ro-bind-try", path, path));
    }
    out.addAll(List.of("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"));
    out.addAll(List.of("--bind", source.toString(), INSIDE));
    out.addAll(List.of("--chdir", folder.equals(".") ? INSIDE : INSIDE + "/" + folder, "--"));
    out.addAll(command);
    return out;
  }
}
