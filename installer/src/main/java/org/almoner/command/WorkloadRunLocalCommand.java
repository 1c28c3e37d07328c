package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.almoner.agent.run.Measured;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Engine;
import org.almoner.protocol.usage.UsageLine;
import org.almoner.workload.check.CheckedWorkload;
import org.almoner.workload.check.WorkloadCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs units here as volunteers' computers would, before anybody is asked. */
@Command(
    name = "run-local",
    mixinStandardHelpOptions = true,
    description = {
      "Runs units on this computer as volunteers' computers would; sends nothing.",
      "They run in the agent's sandbox, by its meter and limits: exit code, output "
          + "digest and instruction count are those every volunteer's computer reports.",
      "Exit code 0 when all units gave a result, 1 when some did not."
    })
final class WorkloadRunLocalCommand implements Callable<Integer> {
  private static final long MEBIBYTE = 1 << 20;

  /** How much slower than the owner's a volunteer's computer may well be. */
  private static final long SLOWER = 3;

  @Parameters(paramLabel = "FILE", description = "The workload file.")
  private Path file = Path.of(".");

  @Option(
      names = "--units",
      paramLabel = "LIST",
      defaultValue = "0",
      description = "Units to run, such as 0,5-7 (default: ${DEFAULT-VALUE}).")
  private String units = "0";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where outputs are kept, a folder for each unit (default: out/NAME).")
  private @Nullable Path out;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "portable",
      description =
          "What runs a module: portable, or fast, which compiles it first and needs a C compiler"
              + " and a sandbox (default: ${DEFAULT-VALUE}). Both give the same.")
  private String engine = "portable";

  @Mixin private Printed printed = new Printed();

  private Engine engine() {
    return Engine.of(engine)
        .filter(named -> named != Engine.NATIVE)
        .orElseThrow(() -> Failure.wrongUse("--engine: expected portable or fast, got " + engine));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean json = printed.json();
    CheckedWorkload workload = Submitting.check(file);
    List<Long> wanted = wanted(workload);
    Path folder = out == null ? Path.of("out", workload.workload().name().text()) : out;
    List<JsonValue> ran = new ArrayList<>();
    boolean allWell = true;
    try (LocalRun here = LocalRun.of(workload, folder, engine(), Clock.systemUTC())) {
      for (long unit : wanted) {
        LocalRun.Ran one = here.run(unit);
        allWell &= one.succeeded();
        ran.add(json(one));
        if (!json) {
          lines(one, workload.comparison()).forEach(System.out::println);
        }
      }
    }
    if (json) {
      System.out.println(Printed.line(new JsonValue.Array(ran)));
    }
    return allWell ? 0 : Failure.FAILED;
  }

  private List<Long> wanted(CheckedWorkload workload) {
    try {
      return UnitList.parse(units, workload.plan().count());
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse("--units: " + e.getMessage());
    }
  }

  private List<String> lines(LocalRun.Ran ran, String comparison) {
    Measured took = ran.reported().measured();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "unit %d  exit %d  %d instructions  wall %.2f s  CPU %.2f s  memory %d MiB  output %s",
            ran.unit(),
            ran.reported().exit(),
            ran.reported().count(),
            took.wallMs() / 1000.0,
            ran.cpuMs() / 1000.0,
            took.memPeakBytes() / MEBIBYTE,
            ran.reported().output()));
    if (!ran.files().isEmpty()) {
      lines.add("  " + ran.files().size() + " files in " + ran.folder());
    }
    if (ran.succeeded() && ran.compared().isPresent()) {
      lines.add("  compared by " + ran.compared().get().digest() + ": " + comparison);
    }
    if (!ran.succeeded()) {
      lines.addAll(trouble(ran));
    } else if (SLOWER * took.wallMs() > WorkloadCheck.UNIT_ADVISED.toMillis()) {
      lines.add(
          "  warning: a computer "
              + SLOWER
              + " times slower than yours takes longer than "
              + WorkloadCheck.UNIT_ADVISED.toMinutes()
              + " minutes; what it has not finished when it goes away is done again from the start:"
              + " make more and smaller units");
    }
    return lines;
  }

  private List<String> trouble(LocalRun.Ran ran) {
    List<String> lines = new ArrayList<>();
    lines.add("  failed: " + reason(ran));
    ran.reported().tail().forEach(line -> lines.add("  | " + line));
    lines.add("  it was given: " + ran.args());
    lines.add(
        "  next: it fails so on every computer; mend it, then run 'almoner workload run-local "
            + file
            + " --units "
            + ran.unit()
            + "' again");
    return lines;
  }

  private static String reason(LocalRun.Ran ran) {
    int exit = ran.reported().exit();
    if (exit == UsageLine.EXIT_MAX) {
      return ran.reported().reason();
    }
    if (exit == 0 && ran.missing().isEmpty()) {
      return ran.incomparable().orElse("it cannot be compared");
    }
    return exit != 0
        ? "the program ended with code " + exit
        : "it left no /out/" + String.join(", no /out/", ran.missing());
  }

  private static JsonValue json(LocalRun.Ran ran) {
    Measured took = ran.reported().measured();
    return JsonValue.Obj.of()
        .put("unit", ran.unit())
        .put("succeeded", ran.succeeded())
        .put("exit", ran.reported().exit())
        .put("reason", ran.succeeded() ? "" : reason(ran))
        .put("output", ran.reported().output().toHex())
        .put("compared", ran.compared().map(found -> found.digest().toHex()).orElse(""))
        .put("count", ran.reported().count())
        .put("wallMs", took.wallMs())
        .put("cpuMs", ran.cpuMs())
        .put("memPeakBytes", took.memPeakBytes())
        .put("folder", ran.folder().toString())
        .put("files", ran.files().stream().map(Unpacked.OneFile::toJson).toList())
        .putTexts("args", ran.args())
        .putTexts("tail", ran.reported().tail())
        .build();
  }
}
