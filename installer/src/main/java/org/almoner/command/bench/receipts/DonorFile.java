package org.almoner.command.bench.receipts;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.almoner.command.bench.BenchFailed;
import org.almoner.coordinator.journal.KnownKeys;
import org.almoner.ledger.tally.UsageOpening;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.MalformedJson;

/** One donor's openings on disk: each report once, with the leaves and salts of its lines. */
final class DonorFile {
  private final Path path;

  DonorFile(Path folder, int donor) {
    this.path = folder.resolve(donor + ".openings");
  }

  /** Adds a report whose lines stand at neighbouring leaves from {@code leaf} on. */
  void add(Envelope report, long leaf, List<Hash> salts) throws IOException {
    byte[] octets = CanonicalJson.encode(report.toJson());
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                Files.newOutputStream(
                    path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)))) {
      out.writeInt(octets.length);
      out.write(octets);
      out.writeLong(leaf);
      out.writeInt(salts.size());
      for (Hash salt : salts) {
        out.write(salt.toArray());
      }
    }
  }

  /**
   * All of them, in the order in which they were added.
   *
   * @param signers spares proving a key that was met before
   */
  List<UsageOpening> read(KnownKeys signers) throws IOException, BenchFailed {
    List<UsageOpening> openings = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      while (true) {
        int length;
        try {
          length = in.readInt();
        } catch (EOFException e) {
          return openings;
        }
        Envelope report =
            Envelope.parse(
                Envelope.Kind.USAGE_REPORT,
                JsonFields.of(CanonicalJson.parse(in.readNBytes(length))),
                signers::parseHex);
        long leaf = in.readLong();
        int parts = in.readInt();
        for (int part = 0; part < parts; part++) {
          Hash salt = Hash.of(in.readNBytes(Hash.SIZE));
          openings.add(new UsageOpening(leaf + part, salt, part, report));
        }
      }
    } catch (MalformedJson e) {
      throw new BenchFailed(path + ": " + e.getMessage());
    }
  }
}
