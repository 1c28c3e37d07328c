package org.almoner.coordinator.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.ledger.entry.Kind;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.Signature;
import org.almoner.protocol.lease.BatchId;
import org.almoner.protocol.lease.Grant;
import org.almoner.protocol.lease.LeaseId;

/**
 * One record behind log entries, with what opens them.
 *
 * @param kind what it is
 * @param leaf index of its first entry; the others follow
 * @param salts one for each entry
 * @param content the payload as signed, or the canonical JSON of what the coordinator itself made
 * @param signatures the signer's key and signature, or nothing for what the coordinator made
 * @param previousPage page of the same agent's report before; meaningful for usage alone
 * @param leases which lease each entry is about; for usage alone
 */
public record JournalRecord(
    Kind kind,
    long leaf,
    List<Hash> salts,
    Bytes content,
    List<Signed> signatures,
    long previousPage,
    List<LeaseId> leases) {
  /** Who signed, and the signature. */
  public record Signed(PublicKey signer, Signature signature) {}

  /** Copies the lists. */
  public JournalRecord {
    salts = List.copyOf(salts);
    signatures = List.copyOf(signatures);
    leases = List.copyOf(leases);
  }

  /** A signed record of one entry. */
  static JournalRecord signed(Commitments made, long leaf, Envelope envelope) {
    return usage(made, leaf, envelope, 0, List.of());
  }

  /** A usage report. */
  static JournalRecord usage(
      Commitments made, long leaf, Envelope envelope, long previousPage, List<LeaseId> leases) {
    Signed signed = new Signed(envelope.signer(), envelope.signature());
    return new JournalRecord(
        made.kind(), leaf, made.salts(), envelope.payload(), List.of(signed), previousPage, leases);
  }

  /** A record the coordinator made. */
  static JournalRecord own(Commitments made, long leaf, Bytes content) {
    return new JournalRecord(made.kind(), leaf, made.salts(), content, List.of(), 0, List.of());
  }

  /** The record as its agent signed it. */
  public Optional<Envelope> envelope() {
    Optional<Envelope.Kind> signedAs =
        switch (kind) {
          case ENROLMENT -> Optional.of(Envelope.Kind.ENROLMENT);
          case USAGE -> Optional.of(Envelope.Kind.USAGE_REPORT);
          case LINK -> Optional.of(Envelope.Kind.LINK);
          default -> Optional.empty();
        };
    return signedAs.flatMap(
        as ->
            signatures.stream()
                .findFirst()
                .map(s -> new Envelope(as, content, s.signer(), s.signature())));
  }

  /** Whether the entry at {@code index} is one of this record's. */
  boolean covers(long index) {
    return leaf <= index && index < leaf + salts.size();
  }

  static JournalRecord read(RowReader in) throws DamagedRow {
    int octet = in.octet();
    Kind kind = Kind.of(octet).orElseThrow(() -> in.fault("holds a record of kind " + octet));
    long leaf = in.number();
    int parts = in.count(Grant.LEASES_MAX);
    List<Hash> salts = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      salts.add(in.hash());
    }
    Bytes content = in.bytes();
    List<Signed> signatures = new ArrayList<>();
    if (in.bool()) {
      PublicKey signer = PublicKey.of(in.fixed(PublicKey.SIZE).toArray());
      signatures.add(new Signed(signer, new Signature(in.fixed(Signature.SIZE))));
    }
    long previous = in.number();
    int count = in.count(Grant.LEASES_MAX);
    List<LeaseId> leases = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      BatchId batch = new BatchId(in.fixed(BatchId.SIZE));
      leases.add(new LeaseId(batch, in.number(), in.count(LeaseId.REPLICA_MAX)));
    }
    return new JournalRecord(kind, leaf, salts, content, signatures, previous, leases);
  }

  void write(RowWriter out) {
    out.octet(kind.octet()).number(leaf).number(salts.size());
    salts.forEach(out::hash);
    out.bytes(content).bool(!signatures.isEmpty());
    for (Signed signed : signatures) {
      out.fixed(Bytes.of(signed.signer().toArray())).fixed(signed.signature().octets());
    }
    out.number(previousPage).number(leases.size());
    for (LeaseId lease : leases) {
      out.fixed(lease.batch().octets()).number(lease.unit()).number(lease.replica());
    }
  }
}
