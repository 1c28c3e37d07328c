package org.almoner.trials.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.tile.TilePath;

/** A copy of a whole log, fetched over HTTP by somebody who knows only its key. */
public final class MirroredLog {
  private final TileDirectory tiles;
  private final String note;
  private final SignedCheckpoint signed;

  private MirroredLog(TileDirectory tiles, String note, SignedCheckpoint signed) {
    this.tiles = tiles;
    this.note = note;
    this.signed = signed;
  }

  /** Copies everything under the newest checkpoint into {@code folder}. */
  public static MirroredLog copy(Caller anyone, String logKey, Path folder) throws IOException {
    byte[] octets = anyone.get("/log/checkpoint").good().body();
    Files.createDirectories(folder);
    Files.write(folder.resolve("checkpoint"), octets);
    String note = new String(octets, StandardCharsets.UTF_8);
    SignedCheckpoint signed = open(note, logKey);
    long size = signed.checkpoint().size();
    for (int level = TilePath.ENTRIES; TilePath.count(level, size) > 0; level++) {
      for (long item = 0; item < TilePath.count(level, size); item += TilePath.FULL) {
        TilePath path = TilePath.holding(level, item, size).orElseThrow();
        Path file = folder.resolve(path.toString());
        Files.createDirectories(file.getParent());
        Files.write(file, anyone.get("/log/" + path).good().body());
      }
    }
    return new MirroredLog(new TileDirectory(folder), note, signed);
  }

  private static SignedCheckpoint open(String note, String logKey) {
    try {
      VerifierKey key = VerifierKey.parse(logKey);
      return SignedCheckpoint.open(note, key.name(), List.of(key));
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      throw new AssertionError(e);
    }
  }

  /** The copied tiles, unproved. */
  public TileDirectory tiles() {
    return tiles;
  }

  /** The copied checkpoint, whole text. */
  public String note() {
    return note;
  }

  public Checkpoint checkpoint() {
    return signed.checkpoint();
  }

  /** What is wrong with it. */
  public List<Finding> findings() throws IOException {
    return LogCheck.run(tiles, signed);
  }

  /** All entries in order. */
  public List<Entry> entries() throws IOException {
    LogReader reader = new LogReader(tiles);
    List<Entry> entries = new ArrayList<>();
    long size = checkpoint().size();
    try {
      while (entries.size() < size) {
        for (var octets : reader.entriesFrom(entries.size(), size)) {
          entries.add(Entry.parse(octets));
        }
      }
      return entries;
    } catch (MalformedEntry e) {
      throw new AssertionError(e);
    }
  }
}
