package org.almoner.coordinator.http.route;

import java.io.IOException;
import java.util.OptionalLong;
import org.almoner.coordinator.blob.Blobs;
import org.almoner.coordinator.blob.Reception;
import org.almoner.coordinator.blob.RefusedBlob;
import org.almoner.coordinator.desk.Desk;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.access.Scope;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.Upload;
import org.jspecify.annotations.Nullable;

/**
 * Who may send a blob, and where it goes.
 *
 * <p>Owners and the operator send modules and inputs, any number of them: their signed batch comes
 * after its blobs. An agent sends an output while it holds a lease, announced and signed; outputs
 * are kept apart, so that what agents send is never handed to other agents.
 */
public final class UploadRoute {
  /** Header that carries an agent's upload envelope as base64 of its JSON. */
  public static final String HEADER = "Almoner-Upload";

  private final Desk desk;
  private final Tokens tokens;
  private final Blobs inputs;
  private final Blobs outputs;

  /** Admits to {@code inputs} by token and to {@code outputs} by signature. */
  public UploadRoute(Desk desk, Tokens tokens, Blobs inputs, Blobs outputs) {
    this.desk = desk;
    this.tokens = tokens;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * What the sender may do.
   *
   * @param sender who is counted as the one who sends
   * @param isOutput whether an agent sends it
   * @param bytesMax most octets taken, of the whole blob
   * @param opening where the octets go
   * @param keeping what is done once they are all here
   */
  public record Permit(
      String sender, boolean isOutput, long bytesMax, Opening opening, Keeping keeping) {}

  /** Begins to receive. */
  @FunctionalInterface
  public interface Opening {
    /**
     * Takes what comes behind the first octets.
     *
     * @param from octets that the sender takes to be here from an earlier try
     * @param bytesMax most octets of the whole blob; so much room is kept
     */
    Reception open(long from, long bytesMax) throws IOException, RefusedBlob;
  }

  /** Keeps a blob that has come in. */
  @FunctionalInterface
  public interface Keeping {
    /** Whether the sender is told that the blob is new here. */
    boolean keep(Reception reception) throws IOException, RefusedBlob;
  }

  /** Decides by the headers alone, before the first octet; throws a {@code Refusal} otherwise. */
  public Permit permit(@Nullable String authorization, @Nullable String announcement, Hash digest) {
    if (announcement == null) {
      String sender = tokens.requireOwner(authorization, Scope.SUBMIT).name();
      return new Permit(
          sender,
          false,
          Blobs.BLOB_BYTES_MAX,
          (from, bytesMax) -> inputs.parts().receive(digest, sender, from, bytesMax),
          Reception::keep);
    }
    Upload upload = open(announcement);
    requireSame("origin", upload.origin(), desk.about().origin());
    requireSame("sha256", upload.digest().toHex(), digest.toHex());
    requireAllotted(upload);
    return new Permit(
        upload.agent().toHex(),
        true,
        upload.bytes(),
        (from, bytesMax) -> receiveOutput(digest, from, bytesMax),
        reception -> keepOutput(reception, upload.agent(), digest));
  }

  private void requireAllotted(Upload upload) {
    OptionalLong most = desk.outputBytesMax(upload.agent());
    if (most.isEmpty()) {
      throw Refusals.noLease(
          "agent "
              + upload.agent().toHex()
              + " holds no lease here; ask for work first, then"
              + " upload its output before the lease's deadline");
    }
    if (upload.bytes() > most.getAsLong()) {
      throw Refusals.tooLarge(
          "an output of "
              + upload.bytes()
              + " octets was announced and the units lent to this agent leave at most "
              + most.getAsLong()
              + "; a unit whose output does not fit the disk it is allotted has failed");
    }
  }

  /** Octets of a blob that are here from the owner or operator who asks, from the first on. */
  public long received(@Nullable String authorization, Hash digest) throws IOException {
    String sender = tokens.requireOwner(authorization, Scope.SUBMIT).name();
    return inputs.has(digest) ? 0 : inputs.parts().received(digest, sender);
  }

  /** Outputs come whole: they are small, and agents send them once. */
  private Reception receiveOutput(Hash digest, long from, long bytesMax)
      throws IOException, RefusedBlob {
    if (from > 0) {
      throw Refusals.malformed(
          "header Content-Range: an output is sent whole, from its first octet");
    }
    return outputs.receive(digest, bytesMax);
  }

  /**
   * Every output is told to be new: another answer would tell an agent that guesses whether
   * somebody sent the same.
   */
  private boolean keepOutput(Reception reception, AgentId agent, Hash digest)
      throws IOException, RefusedBlob {
    reception.keep();
    outputs.senders().add(agent, digest);
    return true;
  }

  private static Upload open(String announcement) {
    try {
      byte[] json = Bytes.parseBase64(announcement.strip()).toArray();
      Envelope envelope = Body.envelope(Envelope.Kind.UPLOAD, json);
      Upload upload = Upload.parse(envelope.open());
      requireSame("agent", upload.agent().toHex(), AgentId.of(envelope.signer()).toHex());
      return upload;
    } catch (IllegalArgumentException | MalformedJson e) {
      throw Refusals.malformed("header " + HEADER + ": " + e.getMessage());
    } catch (BadSignature e) {
      throw new Refusal(
          401, "bad-signature", "The signature does not verify", String.valueOf(e.getMessage()));
    }
  }

  private static void requireSame(String field, String came, String expected) {
    if (!came.equals(expected)) {
      throw Refusals.malformed(
          "header " + HEADER + ": field \"" + field + "\" is " + came + ", expected " + expected);
    }
  }
}
