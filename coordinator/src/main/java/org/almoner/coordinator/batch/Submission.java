package org.almoner.coordinator.batch;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.almoner.coordinator.account.Accounts;
import org.almoner.coordinator.account.Owner;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.protocol.envelope.BadSignature;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.workload.batch.BatchUnits;
import org.almoner.workload.spec.OpenSource;

/** Checks a batch that is submitted, on its submitter's thread. */
public final class Submission {
  private final String origin;
  private final Accounts accounts;
  private final BlobShelf blobs;
  private final Admission admission;

  /** Checks for the coordinator of that origin. */
  public Submission(String origin, Accounts accounts, BlobShelf blobs, Admission admission) {
    this.origin = origin;
    this.accounts = accounts;
    this.blobs = blobs;
    this.admission = admission;
  }

  /** Checks signatures, form, origin, owner, release and arguments; gives the batch no number. */
  public Batch read(Envelope batch, Envelope release) {
    Batch read;
    try {
      if (batch.kind() != Envelope.Kind.BATCH || release.kind() != Envelope.Kind.RELEASE) {
        throw new MalformedJson("expected a signed batch and a signed release");
      }
      read = Batch.of(0, "", batch, release);
    } catch (BadSignature e) {
      throw new Refusal(
          401, "bad-signature", "The signature does not verify", String.valueOf(e.getMessage()));
    } catch (MalformedJson e) {
      throw new Refusal(400, "malformed", "Malformed record", String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          422, "release-mismatch", "Batch and release do not fit", String.valueOf(e.getMessage()));
    }
    if (!read.spec().origin().equals(origin)) {
      throw new Refusal(
          422,
          "wrong-origin",
          "Meant for another coordinator",
          "the batch names origin " + read.spec().origin() + "; this coordinator is " + origin);
    }
    Owner owner =
        accounts.owner(batch.signer()).orElseThrow(() -> Accounts.notApproved(batch.signer()));
    try {
      OpenSource.require(read.release());
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          422, "release-refused", "Release not open source", String.valueOf(e.getMessage()));
    }
    return read.ownedBy(owner.name());
  }

  /** Checks that every blob is here and the module is admitted. */
  public void checkBlobs(Batch batch) throws IOException {
    List<BlobRef> missing = missing(batch);
    if (!missing.isEmpty()) {
      BlobRef blob = missing.get(0);
      throw new Refusal(
          409,
          "blob-missing",
          "Blob missing",
          "blob " + blob.digest() + " (" + blob.name() + ") is not here; upload it, then submit");
    }
    checkModule(batch);
  }

  /** Checks that the module, which must be here, is admitted; a native program has none. */
  public void checkModule(Batch batch) throws IOException {
    Optional<BlobRef> module = batch.release().program().module();
    if (module.isEmpty()) {
      return; // A native program is held by the sandbox alone.
    }
    Optional<String> refusal = admission.refusal(module.get(), batch.spec().allotment());
    if (refusal.isPresent()) {
      throw new Refusal(422, "module-refused", "Module not admitted", refusal.get());
    }
  }

  /** The blobs that are not here; those that are have the size the batch names. */
  public List<BlobRef> missing(Batch batch) throws IOException {
    List<BlobRef> missing = new ArrayList<>();
    List<BlobRef> named = new ArrayList<>(batch.spec().inputs());
    named.addAll(batch.release().program().files());
    if (batch.spec().units() instanceof BatchUnits.Files files) {
      named.addAll(files.files());
    }
    for (BlobRef blob : named) {
      OptionalLong size = blobs.size(blob.digest());
      if (size.isEmpty()) {
        missing.add(blob);
      } else if (size.getAsLong() != blob.bytes()) {
        throw new Refusal(
            422,
            "blob-size",
            "Blob of another size",
            "blob "
                + blob.digest()
                + " ("
                + blob.name()
                + ") has "
                + size.getAsLong()
                + " octets; the record says "
                + blob.bytes());
      }
    }
    return missing;
  }
}
