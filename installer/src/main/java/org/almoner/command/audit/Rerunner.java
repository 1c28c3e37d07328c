package org.almoner.command.audit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.agent.blob.BlobCache;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.CoordinatorClient;
import org.almoner.agent.run.RunOutcome;
import org.almoner.agent.run.Runner;
import org.almoner.agent.run.Software;
import org.almoner.agent.run.Task;
import org.almoner.coordinator.batch.Batch;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.result.BundlePath;
import org.almoner.workload.batch.BatchPlan;
import org.jspecify.annotations.Nullable;

/** Runs units again as a volunteer's agent does: the same files, sandbox, limits and counting. */
final class Rerunner {
  /** Times a unit is started when it is this computer that fails. */
  static final int STARTS_MAX = 2;

  private final CoordinatorClient coordinator;
  private final BlobCache blobs;
  private final Runner runner;
  private final Path scratch;

  /**
   * @param scratch a folder that is emptied for each run
   */
  Rerunner(CoordinatorClient coordinator, BlobCache blobs, Runner runner, Path scratch) {
    this.coordinator = coordinator;
    this.blobs = blobs;
    this.runner = runner;
    this.scratch = scratch;
  }

  /** The files of a unit, or why the coordinator does not give one. */
  sealed interface Laid {
    /** All of them, each of the digest that the owner signed. */
    record Files(Map<BlobRef, Path> paths) implements Laid {
      public Files {
        paths = Map.copyOf(paths);
      }

      Path of(BlobRef blob) {
        return Optional.ofNullable(paths.get(blob)).orElseThrow();
      }
    }

    /** One is not given. */
    record Missing(BlobRef blob, String sentence) implements Laid {}
  }

  /** Fetches what a unit of the batch needs. */
  Laid layOut(Batch batch, BatchPlan.Unit unit)
      throws IOException, InterruptedException, AuditStopped {
    Map<BlobRef, Path> files = new LinkedHashMap<>();
    List<BlobRef> needed = new ArrayList<>(inputs(batch, unit));
    needed.addAll(runner.offered().filesOf(batch.work().program()));
    for (BlobRef blob : needed) {
      Optional<Path> kept = blobs.find(blob);
      if (kept.isEmpty()) {
        Answer<Path> answer = coordinator.download(blob, blobs.incoming(blob));
        if (answer instanceof Answer.Refused<Path> no) {
          return new Laid.Missing(blob, no.problem().detail());
        }
        if (answer instanceof Answer.Unavailable<Path> not) {
          throw AuditStopped.because("blob " + blob.digest() + " cannot be had: " + not.sentence());
        }
        kept = Optional.of(blobs.keep(blob, ((Answer.Given<Path>) answer).value()));
      }
      files.put(blob, kept.get());
    }
    blobs.hold(files.keySet());
    blobs.trim();
    blobs.release(files.keySet());
    return new Laid.Files(files);
  }

  private static List<BlobRef> inputs(Batch batch, BatchPlan.Unit unit) {
    List<BlobRef> inputs = new ArrayList<>(batch.work().inputs());
    inputs.addAll(unit.inputs());
    return inputs;
  }

  /** Runs a unit; the bundle of a finished one is there until the next is run. */
  RunOutcome run(Batch batch, BatchPlan.Unit unit, Laid.Files files)
      throws IOException, InterruptedException {
    Map<BundlePath, Path> inputs = new LinkedHashMap<>();
    for (BlobRef input : inputs(batch, unit)) {
      inputs.put(new BundlePath(input.name()), files.of(input));
    }
    Software software = runner.offered().software(batch.work().program(), files::of);
    for (int start = 1; ; start++) {
      Path directory = empty();
      RunOutcome outcome =
          runner.run(
              new Task(
                  software, unit.args(), inputs, batch.spec().allotment(), directory, List.of()));
      if (!(outcome instanceof RunOutcome.Crashed) || start == STARTS_MAX) {
        return outcome;
      }
    }
  }

  private Path empty() throws IOException {
    if (Files.exists(scratch)) {
      Files.walkFileTree(
          scratch,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException fault)
                throws IOException {
              if (fault != null) {
                throw fault;
              }
              Files.delete(emptied);
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return Files.createDirectories(scratch);
  }
}
