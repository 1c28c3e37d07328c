package org.almoner.agent.run.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Bubblewrap, as it was tried on this computer: programs of strangers run behind namespaces, with
 * nothing of the owner's in sight, no network, no privileges, few system calls and limits.
 *
 * <p>A process started by {@link #command} ends with the <em>thread</em> that started it, and so
 * with the agent, also when it is held still.
 *
 * @see <a href="https://github.com/containers/bubblewrap">bubblewrap</a>
 */
public final class Sandbox {
  /** User and group inside, which own nothing of this computer: {@code nobody}. */
  static final int NOBODY = 65_534;

  /** File descriptor through which bubblewrap gets the filter. */
  private static final String FILTER_FD = "9";

  /** File descriptor on which bubblewrap says what becomes of the program. */
  private static final String STATUS_FD = "8";

  /**
   * Joins the control group, if there is one, and opens the two files for bubblewrap; a Java
   * process can do neither for another.
   */
  private static final String BEFORE =
      "group=$1; status=$2; shift 2;"
          + " if [ -n \"$group\" ]; then echo 0 >\"$group/cgroup.procs\" || exit 1; fi;"
          + " exec \"$@\" "
          + FILTER_FD
          + "<\"$0\" "
          + STATUS_FD
          + ">\"$status\"";

  private static final List<String> ROOT_FOLDERS = List.of("/bin", "/sbin", "/lib", "/lib64");

  /** How libraries are found and which of several is meant; nothing of the owner's. */
  private static final List<String> OF_THE_SYSTEM =
      List.of("/etc/alternatives", "/etc/ld.so.cache");

  private static final List<String> DEVICES =
      List.of("/dev/null", "/dev/full", "/dev/random", "/dev/urandom");

  /**
   * Bubblewrap's own process inside, the end of which is the end of all. Whoever could write to its
   * memory could make it outlive the agent, so that what is told of it is covered.
   */
  private static final String FIRST = "/proc/1";

  private final Map<String, Path> programs;
  private final Path filter;
  private final boolean root;
  private final Cgroups groups;

  /**
   * @param programs where {@code sh}, {@code bwrap}, {@code prlimit} and, for root, {@code setpriv}
   *     are
   * @param filter the file that holds the {@link SeccompFilter}
   * @param root whether this process is root, which bubblewrap has to take away
   * @param groups where control groups can be made
   */
  Sandbox(Map<String, Path> programs, Path filter, boolean root, Cgroups groups) {
    this.programs = Map.copyOf(programs);
    this.filter = filter;
    this.root = root;
    this.groups = groups;
  }

  /** What came of looking for a sandbox. */
  public sealed interface Found {}

  /** One that runs programs on this computer, and was seen to. */
  public record Usable(Sandbox sandbox) implements Found {}

  /**
   * There is none.
   *
   * @param reason one sentence for the computer's owner: what is missing, and what would help
   */
  public record Missing(String reason) implements Found {}

  /**
   * Looks for a sandbox and tries it with a real start, which takes some milliseconds.
   *
   * @param folder an existing directory of the agent's own, where the filter's file is kept
   * @throws IOException when the filter cannot be written
   */
  public static Found find(Host host, Path folder) throws IOException, InterruptedException {
    return new Trial(host, folder).run();
  }

  /**
   * The command line that runs {@code program} and its arguments in {@code inside}.
   *
   * @param status absolute path of a file that is written anew, for {@link Progress}
   */
  public List<String> command(Inside inside, List<String> program, Path status) {
    return command(inside, program, status, Cgroup.NONE);
  }

  /**
   * The same, for a program that runs in {@code group}.
   *
   * @param group of {@link #group}, for this program alone
   */
  public List<String> command(Inside inside, List<String> program, Path status, Cgroup group) {
    List<String> out = new ArrayList<>(List.of(path("sh"), "-c", BEFORE, filter.toString()));
    out.addAll(List.of(group.path(), status.toString()));
    out.add(path("bwrap"));
    namespaces(out);
    out.addAll(List.of("--die-with-parent", "--new-session", "--clearenv"));
    inside.environment().forEach((name, value) -> out.addAll(List.of("--setenv", name, value)));
    system(out);
    mounts(inside.mounts(), out);
    out.addAll(List.of("--remount-ro", "/", "--chdir", inside.folder()));
    out.addAll(List.of("--seccomp", FILTER_FD, "--json-status-fd", STATUS_FD, "--"));
    if (root) {
      out.addAll(List.of(path("setpriv"), "--reuid=" + NOBODY, "--regid=" + NOBODY));
      out.addAll(List.of("--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--"));
    }
    out.add(path("prlimit"));
    out.addAll(inside.limits().options());
    out.add("--");
    out.addAll(program);
    return out;
  }

  /**
   * A control group for one program, where the agent was handed a branch of their tree; else {@link
   * Cgroup#NONE}. Its caller removes it when the program has ended.
   *
   * @param cores processors that all its processes together may use
   */
  public Cgroup group(Limits limits, int cores) throws IOException {
    return groups.make(limits, cores);
  }

  /**
   * Own namespaces of every kind. Root needs none of users: it becomes nobody by itself, and then
   * the kernel's limit of processes holds, which it never does for root under another name.
   */
  private void namespaces(List<String> out) {
    if (root) {
      out.addAll(List.of("--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add"));
      out.addAll(List.of("CAP_SETGID", "--cap-add", "CAP_SETPCAP"));
    } else {
      String nobody = Integer.toString(NOBODY);
      out.addAll(List.of("--unshare-user", "--uid", nobody, "--gid", nobody, "--cap-drop", "ALL"));
    }
    out.addAll(List.of("--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"));
    out.addAll(List.of("--unshare-cgroup-try", "--hostname", "almoner"));
  }

  /** The system's programs and libraries, its processes' table, and devices that hold nothing. */
  private static void system(List<String> out) {
    out.addAll(List.of("--ro-bind", "/usr", "/usr"));
    for (String folder : ROOT_FOLDERS) {
      Path path = Path.of(folder);
      if (Files.isSymbolicLink(path)) {
        out.addAll(List.of("--symlink", "usr" + folder, folder));
      } else if (Files.isDirectory(path)) {
        out.addAll(List.of("--ro-bind", folder, folder));
      }
    }
    out.addAll(List.of("--perms", "0755", "--dir", "/etc"));
    for (String path : OF_THE_SYSTEM) {
      out.addAll(List.of("--ro-bind-try", path, path));
    }
    out.addAll(
        List.of(
            "--proc",
            "/proc",
            "--tmpfs",
            FIRST,
            "--remount-ro",
            FIRST,
            "--perms",
            "0755",
            "--dir",
            "/dev"));
    for (String device : DEVICES) {
      out.addAll(List.of("--dev-bind", device, device));
    }
    out.addAll(List.of("--symlink", "/tmp", "/dev/shm"));
  }

  /** Folders on the way to a mount are made with it, open to everybody. */
  private static void mounts(List<Mount> mounts, List<String> out) {
    Set<Path> there = new HashSet<>(List.of(Path.of("/")));
    for (Mount mount : mounts) {
      Path inside = Path.of(mount.inside());
      Deque<Path> missing = new ArrayDeque<>();
      for (Path folder = inside.getParent();
          folder != null && !there.contains(folder);
          folder = folder.getParent()) {
        missing.push(folder);
      }
      for (Path folder : missing) {
        out.addAll(List.of("--perms", "0755", "--dir", folder.toString()));
      }
      there.addAll(missing);
      there.add(inside);
      out.addAll(List.of(mount.writable() ? "--bind" : "--ro-bind", mount.outside().toString()));
      out.add(mount.inside());
    }
  }

  /**
   * Lets programs inside write to {@code directory}, which the agent has made. Where the agent is
   * root they are somebody else than itself.
   */
  public void letWrite(Path directory) throws IOException {
    if (root) {
      Files.setAttribute(directory, "unix:uid", NOBODY);
      Files.setAttribute(directory, "unix:gid", NOBODY);
    }
  }

  /** Lets programs inside read {@code file}, or list the directory, once it is mounted there. */
  public void letRead(Path file) throws IOException {
    if (root) {
      Set<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(file));
      mode.add(PosixFilePermission.OTHERS_READ);
      if (mode.contains(PosixFilePermission.OWNER_EXECUTE)) {
        mode.add(PosixFilePermission.OTHERS_EXECUTE);
      }
      Files.setPosixFilePermissions(file, mode);
    }
  }

  private String path(String program) {
    Path path = programs.get(program);
    if (path == null) {
      throw new IllegalStateException(program + " was not looked for");
    }
    return path.toString();
  }
}
