package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.almoner.agent.durable.FolderTree;
import org.almoner.command.rebuild.Difference;
import org.almoner.command.rebuild.Packages;
import org.almoner.command.rebuild.RebuildStopped;
import org.almoner.command.rebuild.Rebuilding;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.release.Release;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a release's module again and tells whether it is the very same. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    description = {
      "Builds a release again from its recorded source, and compares.",
      "It fetches the recorded commit, tells which of the recorded packages differ here, and RUNS"
          + " THE COMMANDS OF WHOEVER SIGNED THE RELEASE, in a sandbox of bubblewrap without a"
          + " network. Exit code 0 when the module is reproducible, 1 when it is not, or was not"
          + " built."
    })
final class ReleaseRebuildCommand implements Callable<Integer> {
  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private Printed printed = new Printed();

  @Parameters(
      paramLabel = "RELEASE",
      description = "A file that 'release sign' wrote, or a release's digest on a coordinator.")
  private String name = "";

  @Option(
      names = "--source",
      paramLabel = "DIR|URL",
      description = "Where to fetch the source from (default: the recorded address).")
  private @Nullable String source;

  @Option(
      names = "--module",
      paramLabel = "FILE",
      description = "The recorded module, to say where another one differs.")
  private @Nullable Path module;

  @Option(
      names = "--without-sandbox",
      description = "Runs the commands as you, with all that you may do and a network.")
  private boolean withoutSandbox;

  @Option(
      names = "--publish",
      description =
          "For operator and auditors: tells the coordinator, which shows it to everybody.")
  private boolean publish;

  @Override
  public Integer call() throws IOException {
    boolean json = printed.json();
    boolean known = KnownRelease.isDigest(name);
    ReleaseFile file =
        known
            ? KnownRelease.find(coordinator.client(), name).get(0).file()
            : ReleaseFile.read(Path.of(name));
    Outcome outcome = rebuilt(file.release(), known, json);
    if (publish) {
      publish(file, outcome);
    }
    printed.say(outcome.sentence(), outcome.toJson(file.id()));
    return outcome.word().equals(Outcome.REPRODUCIBLE) ? 0 : Failure.FAILED;
  }

  /**
   * What came of it.
   *
   * @param word {@code reproducible}, {@code different} or {@code unknown}
   */
  private record Outcome(String word, String sentence, String toolchain) {
    static final String REPRODUCIBLE = "reproducible";
    static final String DIFFERENT = "different";
    static final String UNKNOWN = "unknown";

    JsonValue.Obj toJson(String release) {
      return JsonValue.Obj.of()
          .put("release", release)
          .put("outcome", word)
          .put("sentence", sentence)
          .put("toolchain", toolchain)
          .build();
    }
  }

  private Outcome rebuilt(Release release, boolean known, boolean json) throws IOException {
    if (!release.build().isStated()) {
      return new Outcome(
          Outcome.UNKNOWN,
          "not rebuilt: the release does not say how; its owner adds 'build' to the workload file",
          "not stated");
    }
    Path work = Files.createTempDirectory("almoner-rebuild-").toRealPath();
    try {
      return rebuilt(release, new Rebuilding(release, work), known, json);
    } finally {
      FolderTree.remove(work);
    }
  }

  private Outcome rebuilt(Release release, Rebuilding rebuilding, boolean known, boolean json)
      throws IOException {
    Packages packages = rebuilding.packages();
    String toolchain = toolchain(packages);
    boolean sandbox = !withoutSandbox && rebuilding.hasSandbox();
    if (!sandbox && !withoutSandbox) {
      throw Failure.failed(
          "there is no sandbox here: install bubblewrap (the program bwrap), or run it as you with"
              + " --without-sandbox when you trust whoever signed this release");
    }
    if (!json) {
      packages.differences().forEach(line -> System.out.println("toolchain  " + line));
      System.out.println(
          "building   "
              + String.join("; ", release.build().commands())
              + (sandbox ? "  (in a sandbox, without a network)" : "  (WITHOUT a sandbox)"));
    }
    byte[] built;
    try {
      rebuilding.fetch(source == null ? release.repository() : source);
      built = rebuilding.build(sandbox);
    } catch (RebuildStopped e) {
      return new Outcome(Outcome.UNKNOWN, "not rebuilt: " + e.getMessage(), toolchain);
    }
    return compared(release, built, packages, known);
  }

  private Outcome compared(Release release, byte[] built, Packages packages, boolean known)
      throws IOException {
    Hash digest = Hash.sha256(built);
    if (digest.equals(release.program().first().digest())) {
      return new Outcome(
          Outcome.REPRODUCIBLE,
          "reproducible  " + built.length + " octets, " + digest,
          toolchain(packages));
    }
    String where =
        recorded(release, known)
            .flatMap(octets -> Difference.of(octets, built))
            .map(d -> "; they differ first at octet " + d.at() + ", section " + d.section())
            .orElse("");
    return new Outcome(
        packages.same() ? Outcome.DIFFERENT : Outcome.UNKNOWN,
        "not reproducible"
            + (packages.same() ? "" : " here, with another toolchain than recorded")
            + "  recorded "
            + release.program().first().bytes()
            + " octets, "
            + release.program().first().digest()
            + "; built "
            + built.length
            + " octets, "
            + digest
            + where,
        toolchain(packages));
  }

  /** The octets that the release names, when somebody here has them. */
  private Optional<byte[]> recorded(Release release, boolean known) throws IOException {
    byte[] octets = new byte[0];
    if (module != null) {
      octets = Files.readAllBytes(module);
    } else if (known) {
      octets =
          coordinator
              .client()
              .download("/api/v1/blobs/" + release.program().first().digest().toHex());
    } else {
      Path beside = Path.of(name).toAbsolutePath().resolveSibling(release.program().first().name());
      if (Files.isRegularFile(beside)) {
        octets = Files.readAllBytes(beside);
      }
    }
    return Optional.of(octets)
        .filter(o -> Hash.sha256(o).equals(release.program().first().digest()));
  }

  private static String toolchain(Packages packages) {
    String text = String.join(" ", packages.installed());
    return text.isEmpty() ? "not stated" : text.substring(0, Math.min(500, text.length()));
  }

  private void publish(ReleaseFile file, Outcome outcome) {
    var unused =
        coordinator
            .client()
            .post(
                KnownRelease.address(file.id()) + "/rebuilds",
                JsonValue.Obj.of()
                    .put("outcome", outcome.word())
                    .put("toolchain", outcome.toolchain())
                    .put("day", LocalDate.now(Clock.systemUTC()).toString())
                    .build());
  }
}
