package org.almoner.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.workload.check.CheckedWorkload;
import org.almoner.workload.check.WorkloadCheck;
import org.almoner.workload.spec.Fault;
import org.almoner.workload.spec.Faults;

/** From an owner's workload file to a batch on a coordinator. */
final class Submitting {
  private Submitting() {}

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

  /** Uploads what is missing and submits; the same workload again gives the same id. */
  static String submit(OperatorClient client, CheckedWorkload workload, SigningKey owner) {
    JsonValue about = client.get("/api/v1/origin");
    String origin = Answer.read(about, f -> f.text("origin", 200));
    for (Map.Entry<Hash, Path> file : workload.files().entrySet()) {
      String path = "/api/v1/blobs/" + file.getKey().toHex();
      if (!client.answers(path)) {
        client.put(path, file.getValue());
      }
    }
    Envelope release = Envelope.sign(Envelope.Kind.RELEASE, workload.release().toJson(), owner);
    Envelope batch =
        Envelope.sign(
            Envelope.Kind.BATCH, workload.batch(origin, release.digest()).toJson(), owner);
    JsonFields reply =
        client.post(
            "/api/v1/batches",
            JsonValue.Obj.of()
                .put("batch", batch.toJson())
                .put("release", release.toJson())
                .build());
    return Answer.text(reply, "batch");
  }
}
