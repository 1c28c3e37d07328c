package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.workload.batch.BatchSpec;
import org.almoner.workload.check.CheckedWorkload;
import org.almoner.workload.check.WorkloadCheck;
import org.almoner.workload.spec.Fault;
import org.almoner.workload.spec.Faults;

/** From an owner's workload file to a batch on a coordinator. */
final class Submitting {
  private Submitting() {}

  /**
   * What came of it.
   *
   * @param known whether it had been submitted before
   * @param uploaded files that were sent
   */
  record Submitted(String batch, boolean known, int uploaded) {}

  /** A batch and its release, signed for one coordinator. */
  private record Signed(Envelope batch, Envelope release) {
    static Signed of(
        OperatorClient client, CheckedWorkload workload, Envelope release, SigningKey owner) {
      String origin = Answer.read(client.get("/api/v1/origin"), f -> f.text("origin", 200));
      Envelope batch =
          Envelope.sign(
              Envelope.Kind.BATCH, workload.batch(origin, release.digest()).toJson(), owner);
      return new Signed(batch, release);
    }

    String id() {
      return BatchSpec.idOf(batch.digest()).toHex();
    }

    JsonValue.Obj body() {
      return JsonValue.Obj.of()
          .put("batch", batch.toJson())
          .put("release", release.toJson())
          .build();
    }
  }

  /** Checks a file, or ends the command with every fault, a line each. */
  static CheckedWorkload check(Path file) {
    try {
      return WorkloadCheck.check(file);
    } catch (Faults e) {
      StringBuilder lines = new StringBuilder();
      for (Fault fault : e.faults()) {
        lines.append(file).append(':').append(fault).append(System.lineSeparator());
      }
      System.err.print(lines);
      int count = e.faults().size();
      throw Failure.wrongUse(
          file + " has " + count + (count == 1 ? " fault" : " faults") + "; nothing was sent");
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage());
    }
  }

  /** Asks how a coordinator would take the workload; nothing is uploaded or submitted. */
  static JsonFields ask(
      OperatorClient client, CheckedWorkload workload, Envelope release, SigningKey owner) {
    return client.post("/api/v1/batches/check", Signed.of(client, workload, release, owner).body());
  }

  /** Uploads what is missing and submits; the same workload again gives the same id. */
  static Submitted submit(
      OperatorClient client,
      CheckedWorkload workload,
      Envelope release,
      SigningKey owner,
      UploadBar bar) {
    Signed signed = Signed.of(client, workload, release, owner);
    if (client.answers("/api/v1/batches/" + signed.id())) {
      return new Submitted(signed.id(), true, 0);
    }
    Map<Hash, Path> missing = missing(client, workload);
    bar.total(missing.values().stream().mapToLong(Submitting::size).sum());
    missing.forEach(
        (digest, file) -> {
          client.put(digest, file, bar::sent);
          bar.done(size(file));
        });
    JsonFields reply = client.post("/api/v1/batches", signed.body());
    return new Submitted(Answer.text(reply, "batch"), false, missing.size());
  }

  /** What an upload that broke off had brought is not sent again. */
  private static Map<Hash, Path> missing(OperatorClient client, CheckedWorkload workload) {
    Map<Hash, Path> missing = new LinkedHashMap<>();
    for (Map.Entry<Hash, Path> file : workload.files().entrySet()) {
      if (!client.holds("/api/v1/blobs/" + file.getKey().toHex())) {
        missing.put(file.getKey(), file.getValue());
      }
    }
    return missing;
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw Failure.failed(file + " cannot be read: " + e.getMessage());
    }
  }
}
