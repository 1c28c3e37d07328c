package org.almoner.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.release.Recall;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Releases: what is run, signed by its owner, and whether it is what its source says. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Signs, shows, rebuilds and recalls releases: what volunteers' computers run.",
      "Exit codes: 0 done and it holds, 1 it does not hold or failed, 2 wrong use."
    },
    subcommands = {
      ReleaseCommand.Sign.class,
      ReleaseCommand.Show.class,
      ReleaseCommand.ListAll.class,
      ReleaseBuildCommand.class,
      ReleaseRebuildCommand.class,
      ReleaseCommand.RecallIt.class
    })
final class ReleaseCommand {
  private ReleaseCommand() {}

  @Command(
      name = "sign",
      mixinStandardHelpOptions = true,
      description = {
        "Signs the release that a workload file names, and keeps it in a file beside it.",
        "The file can be published and checked. 'workload submit' uses it, so one release serves"
            + " many batches, and refuses to submit another content under a version that was"
            + " signed."
      })
  static final class Sign implements Runnable {
    @Mixin private OwnerKey key = new OwnerKey();
    @Mixin private Printed printed = new Printed();

    @Parameters(paramLabel = "FILE", description = "The workload file.")
    private Path file = Path.of(".");

    @Option(
        names = "--replace",
        description = "Replaces a release of this name and version that was signed before.")
    private boolean replace;

    @Override
    public void run() {
      printed.json();
      ReleaseFile signed = ReleaseFile.sign(Submitting.check(file).release(), key.open());
      Path target = ReleaseFile.beside(file, signed.release());
      boolean there = Files.exists(target);
      if (there && !replace && !ReleaseFile.read(target).signed().equals(signed.signed())) {
        throw Failure.failed(
            target
                + " is another release of this version, signed before; raise release.version, or"
                + " replace it with --replace");
      }
      signed.write(target);
      printed.say(
          signed.text() + System.lineSeparator() + "file       " + target,
          JsonValue.Obj.of()
              .put("release", signed.id())
              .put("file", target.toString())
              .put("key", signed.signed().signer().toHex())
              .build());
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = {
        "Shows a signed release, from a file or a coordinator.",
        "It checks signature, form and licence; exit code 1 when one is wrong."
      })
  static final class Show implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Parameters(
        paramLabel = "RELEASE",
        description = "A file that 'release sign' wrote, or a release's digest on a coordinator.")
    private String release = "";

    @Override
    public void run() {
      printed.json();
      if (KnownRelease.isDigest(release)) {
        for (KnownRelease one : KnownRelease.find(coordinator.client(), release)) {
          printed.say(one.text(), one.json());
        }
      } else {
        ReleaseFile file = ReleaseFile.read(Path.of(release));
        printed.say(file.text(), file.json());
      }
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the releases a coordinator has logged, the newest first.")
  static final class ListAll implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private Printed printed = new Printed();

    @Override
    public void run() {
      boolean json = printed.json();
      List<KnownRelease> all = KnownRelease.list(coordinator.client());
      if (json) {
        System.out.println(
            Printed.line(
                new JsonValue.Array(List.copyOf(all.stream().map(KnownRelease::json).toList()))));
      } else {
        all.forEach(one -> System.out.println(one.line()));
      }
    }
  }

  @Command(
      name = "recall",
      mixinStandardHelpOptions = true,
      description = {
        "Leases nothing more of a release, for good, and takes no batch of it.",
        "Signed with your key, which must be the one that signed the release. The reason stands in"
            + " the public log: name nobody in it. Asked again, it changes nothing."
      })
  static final class RecallIt implements Runnable {
    @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
    @Mixin private OwnerKey key = new OwnerKey();
    @Mixin private Printed printed = new Printed();

    @Parameters(paramLabel = "RELEASE", description = "The release's digest.")
    private String release = "";

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, in one line for everybody to read.")
    private String reason = "";

    @Option(
        names = "--as-operator",
        description = "For the operator: by the operator's token, whoever signed the release.")
    private boolean asOperator;

    @Override
    public void run() {
      printed.json();
      OperatorClient client = coordinator.client();
      KnownRelease known = KnownRelease.find(client, release).get(0);
      JsonFields answer =
          client.post(KnownRelease.address(release) + "/recall", body(client, known));
      KnownRelease now = Answer.read(answer, KnownRelease::parse);
      printed.say("recalled " + now.line(), now.json());
    }

    private JsonValue.Obj body(OperatorClient client, KnownRelease known) {
      try {
        if (asOperator) {
          return JsonValue.Obj.of().put("reason", Recall.requireReason(reason)).build();
        }
        String origin = Answer.read(client.get("/api/v1/origin"), f -> f.text("origin", 200));
        Recall recall = new Recall(origin, known.file().signed().digest(), reason);
        return Envelope.sign(Envelope.Kind.RECALL, recall.toJson(), key.open()).toJson();
      } catch (IllegalArgumentException e) {
        throw Failure.wrongUse("--reason: " + e.getMessage());
      }
    }
  }
}
