package org.almoner.command.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.check.Finding;
import org.almoner.ledger.check.LogCheck;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.entry.Entry;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Whether coordinator, log and load tell the same story once the load has stopped: every cycle
 * counted is a line in the log and no other line is, every unit counted is accepted, and the whole
 * log checks.
 */
final class SelfCheck {
  private final HttpConnection connection;
  private final Place place;
  private final Api api;

  private SelfCheck(HttpConnection connection, Place place) {
    this.connection = connection;
    this.place = place;
    this.api = new Api(connection, "");
  }

  /** Checks everything; the first thing that does not fit is told in one sentence. */
  static void run(Place place, Tally tally, List<String> batches) throws IOException, BenchFailed {
    try (HttpConnection connection = new HttpConnection(place.base())) {
      SelfCheck check = new SelfCheck(connection, place);
      check.batches(tally, batches);
      check.log(tally);
    }
  }

  /** Checks the log alone, where work goes on. */
  static void runLog(Place place, Tally tally) throws IOException, BenchFailed {
    try (HttpConnection connection = new HttpConnection(place.base())) {
      new SelfCheck(connection, place).log(tally);
    }
  }

  private void batches(Tally tally, List<String> batches) throws IOException, BenchFailed {
    long reported = 0;
    long accepted = 0;
    long lost = 0;
    for (String batch : batches) {
      JsonFields counts = api.get("/api/v1/batches/" + batch);
      reported += number(counts, "reported");
      accepted += number(counts, "accepted");
      lost += number(counts, "failed") + number(counts, "rejected") + number(counts, "leased");
    }
    require("lines that the coordinator counts as reported", reported, tally.cycles());
    require("units that the coordinator counts as accepted", accepted, tally.units());
    require("units failed, lines rejected and leases out", lost, 0);
  }

  private void log(Tally tally) throws IOException, BenchFailed {
    TileSource tiles = path -> found(connection.get("/log/" + path));
    String note =
        found(connection.get("/log/checkpoint"))
            .map(octets -> new String(octets.toArray(), java.nio.charset.StandardCharsets.UTF_8))
            .orElseThrow(() -> new BenchFailed("the log shows no checkpoint"));
    SignedCheckpoint checkpoint;
    try {
      checkpoint = SignedCheckpoint.open(note, place.origin(), place.logKeys());
    } catch (MalformedNote | NoteRejected | MalformedCheckpoint e) {
      throw new BenchFailed("the log's checkpoint is not to be believed: " + e.getMessage(), e);
    }
    List<Finding> findings = LogCheck.run(tiles, checkpoint);
    if (!findings.isEmpty()) {
      throw new BenchFailed(
          "the check of the log has " + findings.size() + " findings, first: " + findings.get(0));
    }
    require(
        "usage entries in the log",
        usageEntries(new LogReader(tiles), checkpoint.checkpoint().size()),
        tally.cycles());
  }

  private static long usageEntries(LogReader reader, long size) throws IOException, BenchFailed {
    long usage = 0;
    for (long at = 0; at < size; ) {
      List<Bytes> entries = reader.entriesFrom(at, size);
      for (Bytes entry : entries) {
        usage += kind(entry) == Kind.USAGE ? 1 : 0;
      }
      at += entries.size();
    }
    return usage;
  }

  private static Kind kind(Bytes entry) throws BenchFailed {
    try {
      return Entry.parse(entry).kind();
    } catch (MalformedEntry e) {
      throw new BenchFailed("the log holds what is no entry: " + e.getMessage(), e);
    }
  }

  private static Optional<Bytes> found(HttpConnection.Answer answer) throws IOException {
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.good()) {
      throw new IOException("the log answered with " + Api.refusal(answer));
    }
    return Optional.of(answer.body());
  }

  private static long number(JsonFields fields, String name) throws BenchFailed {
    try {
      return fields.integer(name, 0, JsonValue.INTEGER_MAX);
    } catch (MalformedJson e) {
      throw new BenchFailed("the coordinator's answer does not fit: " + e.getMessage(), e);
    }
  }

  private static void require(String what, long found, long counted) throws BenchFailed {
    if (found != counted) {
      throw new BenchFailed(what + " are " + found + ", but the load counted " + counted);
    }
  }
}
