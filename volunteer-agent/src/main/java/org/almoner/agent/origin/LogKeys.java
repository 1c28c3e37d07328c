package org.almoner.agent.origin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.protocol.json.JsonValue;

/**
 * The keys of a log that this agent believes: the one it was shown first, and those that this one
 * led to. What came later is kept in {@code log-keys.json} in the origin's directory. Used by one
 * thread.
 */
public final class LogKeys {
  private static final String FILE = "log-keys.json";
  private static final int KEY_MAX = 400;

  private final Path file;
  private final Disk disk;
  private final List<VerifierKey> keys = new ArrayList<>();

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
    for (String key : texts(directory, disk, pinned)) {
      try {
        known.keys.add(VerifierKey.parse(key));
      } catch (MalformedNote e) {
        throw new IOException(
            "a log key of " + pinned.origin() + " that is kept here is none: " + e.getMessage(), e);
      }
    }
    return known;
  }

  /** The keys as texts, the one shown first before the others. */
  static List<String> texts(Path directory, Disk disk, Pinned pinned) throws IOException {
    List<String> texts = new ArrayList<>();
    texts.add(pinned.logKey());
    RecordFile.read(
            disk,
            directory.resolve(FILE),
            fields -> fields.texts("keys", 1, Rotations.ROTATIONS_MAX, KEY_MAX))
        .ifPresent(texts::addAll);
    return texts;
  }

  /** Name of the log. */
  public String origin() {
    return keys.get(0).name();
  }

  /** All of them, the one shown first before the others. */
  public List<VerifierKey> all() {
    return List.copyOf(keys);
  }

  /** Adds a key whose way from those that are known was proved; it is durable on return. */
  public void learn(VerifierKey next) throws IOException {
    List<VerifierKey> more = new ArrayList<>(keys);
    more.add(next);
    RecordFile.write(
        disk,
        file,
        JsonValue.Obj.of()
            .putTexts("keys", more.stream().skip(1).map(VerifierKey::format).toList())
            .build());
    keys.add(next);
  }
}
