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
import org.almoner.protocol.lease.Grant;

/**
 * What opens the entries of one record: private, and kept sealed.
 *
 * @param kind what the record is
 * @param salts one for each entry
 * @param content the payload as signed, or the canonical JSON of what the coordinator itself made
 * @param signatures the signer's key and signature, or nothing for what the coordinator made
 */
public record Opening(Kind kind, List<Hash> salts, Bytes content, List<Signed> signatures) {
  private static final int VERSION = 1;

  /** Who signed, and the signature. */
  public record Signed(PublicKey signer, Signature signature) {}

  /** Copies the lists. */
  public Opening {
    salts = List.copyOf(salts);
    signatures = List.copyOf(signatures);
  }

  /** Of a signed record. */
  static Opening of(Commitments made, Envelope envelope) {
    Signed signed = new Signed(envelope.signer(), envelope.signature());
    return new Opening(made.kind(), made.salts(), envelope.payload(), List.of(signed));
  }

  /** Of a record the coordinator made. */
  static Opening of(Commitments made, Bytes content) {
    return new Opening(made.kind(), made.salts(), content, List.of());
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

  static Opening parse(String name, Kind kind, Bytes octets, KnownKeys signers) throws DamagedRow {
    RowReader in = new RowReader(name, octets, VERSION);
    int parts = in.count(Grant.LEASES_MAX);
    List<Hash> salts = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      salts.add(in.hash());
    }
    Bytes content = in.bytes();
    List<Signed> signatures = new ArrayList<>();
    if (in.bool()) {
      PublicKey signer = signers.of(in.fixed(PublicKey.SIZE));
      signatures.add(new Signed(signer, new Signature(in.fixed(Signature.SIZE))));
    }
    in.end();
    return new Opening(kind, salts, content, signatures);
  }

  Bytes octets() {
    RowWriter out = new RowWriter(VERSION).number(salts.size());
    salts.forEach(out::hash);
    out.bytes(content).bool(!signatures.isEmpty());
    for (Signed signed : signatures) {
      out.fixed(Bytes.of(signed.signer().toArray())).fixed(signed.signature().octets());
    }
    return out.finish();
  }
}
