package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.workload.check.CheckedWorkload;
import org.almoner.workload.check.WorkloadCheck;
import org.almoner.workload.spec.Fault;
import org.almoner.workload.spec.Faults;
import org.almoner.workload.spec.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Tells every fault of a workload before anything is sent; with a coordinator, its view as well.
 */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Tells every fault of a workload file and the files it names, with line and " + "column.",
      "It submits nothing; with --on-server it asks the coordinator whether it would " + "take it."
    })
final class WorkloadCheckCommand implements Runnable {
  @Parameters(paramLabel = "FILE", description = "The workload file.")
  private Path file = Path.of(".");

  @Option(
      names = "--on-server",
      description =
          "Asks the coordinator, too: is your key approved, is the module admitted, what is there.")
  private boolean onServer;

  @Mixin private CoordinatorOptions coordinator = new CoordinatorOptions();
  @Mixin private OwnerKey key = new OwnerKey();
  @Mixin private Printed printed = new Printed();

  @Override
  public void run() {
    boolean json = printed.json();
    CheckedWorkload checked = json ? checkedForScripts() : Submitting.check(file);
    JsonValue.Builder found =
        JsonValue.Obj.of()
            .put("ok", true)
            .put("units", checked.plan().count())
            .put("uploadBytes", checked.uploadBytes())
            .put("coreSecondsMax", checked.coreSecondsMax())
            .put("compare", checked.comparison())
            .put("checks", checked.workload().checks().word())
            .put("warnings", faults(checked.warnings()));
    if (!json) {
      checked.warnings().forEach(at -> System.out.println("warning  " + file + ":" + at));
      System.out.println(
          "ok  "
              + checked.plan().count()
              + " units, "
              + checked.uploadBytes()
              + " octets to upload, at most "
              + checked.coreSecondsMax() / 3_600
              + " core-hours of volunteers' time");
      if (!checked.workload().compare().isExact() || !checked.release().program().isCounted()) {
        System.out.println("compared  " + checked.comparison());
      }
      System.out.println("checked  " + whoRuns(checked.workload()));
    }
    if (onServer) {
      SigningKey owner = key.open();
      JsonFields answer =
          Submitting.ask(
              coordinator.client(),
              checked,
              ReleaseFile.forSubmission(file, checked, owner).signed(),
              owner);
      OnServer there = Answer.read(answer, OnServer::parse);
      found.put("server", there.toJson());
      if (!json) {
        System.out.println(there.line());
      }
    }
    if (json) {
      System.out.println(Printed.line(found.build()));
    }
  }

  private static String whoRuns(Workload workload) {
    String all = workload.agree() + " donors' computers run each unit";
    return workload.checks().admitAlone(workload.agree())
        ? all
            + ", until a computer has been right often enough to run some alone; those are checked"
            + " by chance"
        : all;
  }

  private CheckedWorkload checkedForScripts() {
    try {
      return WorkloadCheck.check(file);
    } catch (Faults e) {
      System.out.println(
          Printed.line(
              JsonValue.Obj.of().put("ok", false).put("faults", faults(e.faults())).build()));
      throw Failure.wrongUse(file + " has faults; nothing was sent");
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage());
    }
  }

  private static List<JsonValue.Obj> faults(List<Fault> faults) {
    return faults.stream()
        .map(
            fault ->
                JsonValue.Obj.of()
                    .put("line", fault.line())
                    .put("column", fault.column())
                    .put("field", fault.path())
                    .put("sentence", fault.sentence())
                    .build())
        .toList();
  }

  /** How the coordinator would take it. */
  private record OnServer(String batch, String owner, boolean submitted, int missing, long octets) {
    private static final int MISSING_MAX = 10_000;

    static OnServer parse(JsonFields fields) throws MalformedJson {
      List<JsonFields> missing = fields.objects("missing", 0, MISSING_MAX);
      long octets = 0;
      for (JsonFields blob : missing) {
        octets += BlobRef.parse(blob).bytes();
      }
      return new OnServer(
          fields.text("batch", 16),
          fields.text("owner", 200),
          fields.bool("submitted"),
          missing.size(),
          octets);
    }

    JsonValue.Obj toJson() {
      return JsonValue.Obj.of()
          .put("batch", batch)
          .put("owner", owner)
          .put("submitted", submitted)
          .put("missing", missing)
          .put("missingBytes", octets)
          .build();
    }

    String line() {
      String files =
          missing == 0
              ? "every file is there"
              : missing + " files (" + octets + " octets) to upload";
      return "ok  on the server: approved as "
          + owner
          + ", "
          + files
          + ", "
          + (submitted ? "submitted before as " + batch : "not submitted yet");
    }
  }
}
