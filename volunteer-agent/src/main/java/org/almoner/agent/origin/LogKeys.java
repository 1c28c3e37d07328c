package org.almoner.agent.origin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.KeptTwice;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The keys of a log that this agent believes: the one it was shown first, and those that this one
 * led to, each with the index of the entry that led to it. What came later is kept in {@code
 * log-keys.json} in the origin's directory, twice. Used by one thread.
 */
public final class LogKeys {
  private static final String FILE = "log-keys.json";
  private static final int KEY_MAX = 400;

  private final Path file;
  private final Disk disk;
  private final List<Known> keys = new ArrayList<>();

  /**
   * A key as it is kept.
   *
   * @param key in signed-note form
   * @param since index of the entry by which the log passed to it, -1 for the one shown first
   */
  private record Kept(String key, long since) {}

  private record Known(VerifierKey key, long since) {}

  private LogKeys(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  /**
   * Reads what is kept in {@code directory}, the origin's.
   *
   * @throws IOException also when a key cannot be read
   */
  public static LogKeys open(Path directory, Disk disk, Pinned pinned) throws IOException {
    LogKeys known = new LogKeys(directory.resolve(FILE), disk);
    KeptTwice.mend(disk, known.file, LogKeys::parse);
    for (Kept kept : kept(directory, disk, pinned)) {
      try {
        known.keys.add(new Known(VerifierKey.parse(kept.key()), kept.since()));
      } catch (MalformedNote e) {
        throw new IOException(
            "a log key of " + pinned.origin() + " that is kept here is none: " + e.getMessage(), e);
      }
    }
    return known;
  }

  /** The keys as texts, the one shown first before the others. */
  static List<String> texts(Path directory, Disk disk, Pinned pinned) throws IOException {
    return kept(directory, disk, pinned).stream().map(Kept::key).toList();
  }

  private static List<Kept> kept(Path directory, Disk disk, Pinned pinned) throws IOException {
    List<Kept> all = new ArrayList<>();
    all.add(new Kept(pinned.logKey(), -1));
    KeptTwice.read(disk, directory.resolve(FILE), LogKeys::parse).ifPresent(all::addAll);
    return all;
  }

  private static List<Kept> parse(JsonFields fields) throws MalformedJson {
    List<Kept> later = new ArrayList<>();
    for (JsonFields key : fields.objects("keys", 1, Rotations.ROTATIONS_MAX)) {
      later.add(new Kept(key.text("key", KEY_MAX), key.integer("since", 0, JsonValue.INTEGER_MAX)));
      key.end();
    }
    return later;
  }

  /** Name of the log. */
  public String origin() {
    return keys.get(0).key().name();
  }

  /** All of them, the one shown first before the others. */
  public List<VerifierKey> all() {
    return keys.stream().map(Known::key).toList();
  }

  /**
   * The key that signs every genuine checkpoint of that size: the newest whose entry stands in it.
   */
  public VerifierKey signing(long size) {
    Known found = keys.get(0);
    for (Known known : keys) {
      if (known.since() < size) {
        found = known;
      }
    }
    return found.key();
  }

  /** Index of the entry that led to the newest key, -1 when that is the one shown first. */
  public long newestSince() {
    return keys.get(keys.size() - 1).since();
  }

  /**
   * Adds a key whose way from the newest was proved; it is durable on return.
   *
   * @param since index of the entry by which the log passed to it
   */
  public void learn(VerifierKey next, long since) throws IOException {
    List<Known> more = new ArrayList<>(keys);
    more.add(new Known(next, since));
    KeptTwice.write(
        disk,
        file,
        JsonValue.Obj.of()
            .put("keys", more.stream().skip(1).map(LogKeys::toJson).toList())
            .build());
    keys.add(new Known(next, since));
  }

  private static JsonValue.Obj toJson(Known known) {
    return JsonValue.Obj.of().put("key", known.key().format()).put("since", known.since()).build();
  }
}
