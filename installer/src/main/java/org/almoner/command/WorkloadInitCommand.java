package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almoner.protocol.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Begins a workload: files that {@code check} accepts as they stand, to be changed into one's own.
 */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Begins a workload: a commented almoner.yaml and a small program, which work as "
          + "they stand.",
      "With them how the program is built, and what was built. Nothing that is there "
          + "is overwritten."
    })
final class WorkloadInitCommand implements Runnable {
  /** The workload file that is written. */
  static final String FILE = "almoner.yaml";

  /** The example that the program itself carries, file by file. */
  private static final String FIRST = "first";

  private static final List<String> FIRST_FILES =
      List.of(FILE, "collatz.c", "build.sh", "collatz.wasm");

  /** Examples of the source tree, whose workload file has another name there. */
  private static final Set<String> IN_TREE = Set.of("mersenne", "alignment");

  private static final String FILE_IN_TREE = "workload.yaml";

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Where to write (default: the current folder).")
  private Path folder = Path.of(".");

  @Option(
      names = "--from",
      paramLabel = "EXAMPLE",
      defaultValue = FIRST,
      description = "What to begin with: first, mersenne or alignment (default: ${DEFAULT-VALUE}).")
  private String example = FIRST;

  @Mixin private Printed printed = new Printed();

  /** Opens one file of an example. */
  private interface Source {
    InputStream open() throws IOException;
  }

  @Override
  public void run() {
    printed.json();
    try {
      List<Path> written = write(example.equals(FIRST) ? first() : inTree());
      printed.say(
          written.size()
              + " files in "
              + folder
              + "; next: almoner workload check "
              + folder.resolve(FILE).normalize(),
          JsonValue.Obj.of()
              .put("workload", folder.resolve(FILE).normalize().toString())
              .putTexts("files", written.stream().map(Path::toString).toList())
              .build());
    } catch (FileAlreadyExistsException e) {
      throw Failure.wrongUse(
          e.getFile() + " is there already and nothing was written; choose another folder");
    } catch (IOException e) {
      throw Failure.failed("cannot write to " + folder + ": " + e);
    }
  }

  private static Map<String, Source> first() {
    Map<String, Source> files = new LinkedHashMap<>();
    for (String name : FIRST_FILES) {
      files.put(name, () -> carried(name));
    }
    return files;
  }

  private static InputStream carried(String name) throws IOException {
    InputStream in = WorkloadInitCommand.class.getResourceAsStream("init/" + name);
    if (in == null) {
      throw new IOException("this program was packed without " + name);
    }
    return in;
  }

  private Map<String, Source> inTree() throws IOException {
    if (!IN_TREE.contains(example)) {
      throw Failure.wrongUse("--from takes first, mersenne or alignment, got " + example);
    }
    Path from = Home.folder().resolve("docs/examples").resolve(example);
    if (!Files.isRegularFile(from.resolve(FILE_IN_TREE))) {
      throw Failure.failed(
          "the example "
              + example
              + " comes with the source tree alone; --from first is always here");
    }
    Map<String, Source> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(from)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        String name = from.relativize(file).toString();
        files.put(name.equals(FILE_IN_TREE) ? FILE : name, () -> Files.newInputStream(file));
      }
    }
    return files;
  }

  /** Looks for all names before it writes the first. */
  private List<Path> write(Map<String, Source> files) throws IOException {
    for (String name : files.keySet()) {
      Path target = folder.resolve(name).normalize();
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
    }
    List<Path> written = new ArrayList<>();
    for (Map.Entry<String, Source> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey()).normalize();
      Files.createDirectories(target.toAbsolutePath().getParent());
      try (InputStream in = file.getValue().open()) {
        Files.copy(in, target);
      }
      if (file.getKey().endsWith(".sh") && !target.toFile().setExecutable(true)) {
        throw new IOException(target + " cannot be made executable");
      }
      written.add(target);
    }
    return written;
  }
}
