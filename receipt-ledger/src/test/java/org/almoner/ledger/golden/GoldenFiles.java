package org.almoner.ledger.golden;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every golden file, as it is made; the same octets each time. */
final class GoldenFiles {
  private final GoldenFormat format;
  private final Map<String, byte[]> valid = new TreeMap<>();
  private final Map<String, Bad> invalid = new TreeMap<>();

  /**
   * An input to refuse.
   *
   * @param part what our sentence names
   * @param why in words, for whoever writes another reader
   */
  static final class Bad {
    private final byte[] octets;
    private final String part;
    private final String why;

    private Bad(byte[] octets, String part, String why) {
      this.octets = octets;
      this.part = part;
      this.why = why;
    }

    byte[] octets() {
      return octets;
    }

    String part() {
      return part;
    }

    String why() {
      return why;
    }
  }

  GoldenFiles(GoldenFormat format) {
    this.format = format;
  }

  /** All formats with all their files. */
  static List<GoldenFiles> all() {
    List<GoldenFiles> all = new ArrayList<>(NoteFiles.all());
    all.addAll(CheckpointFiles.all());
    all.addAll(ProofFiles.all());
    all.addAll(PolicyFiles.all());
    all.addAll(LogFiles.all());
    all.addAll(RecallFiles.all());
    all.addAll(RateFiles.all());
    all.addAll(WithdrawalFiles.all());
    all.addAll(PassingFiles.all());
    return all;
  }

  GoldenFormat format() {
    return format;
  }

  Map<String, byte[]> valid() {
    return Collections.unmodifiableMap(valid);
  }

  Map<String, Bad> invalid() {
    return Collections.unmodifiableMap(invalid);
  }

  GoldenFiles valid(String name, String text) {
    return valid(name, GoldenFormat.utf8(text));
  }

  GoldenFiles valid(String name, byte[] octets) {
    fresh(valid.put(name + format.suffix(), octets), name);
    return this;
  }

  GoldenFiles invalid(String name, String text, String part, String why) {
    return invalid(name, GoldenFormat.utf8(text), part, why);
  }

  GoldenFiles invalid(String name, byte[] octets, String part, String why) {
    fresh(invalid.put(name + format.suffix(), new Bad(octets, part, why)), name);
    return this;
  }

  private static void fresh(Object before, String name) {
    if (before != null) {
      throw new IllegalStateException("two files are called " + name);
    }
  }

  /** The page beside the invalid files: name, what the sentence names, why. */
  String reasons() {
    StringBuilder page = new StringBuilder();
    page.append("# file | what Almoner's sentence names | why it is refused\n");
    invalid.forEach(
        (name, bad) ->
            page.append(name)
                .append(" | ")
                .append(bad.part())
                .append(" | ")
                .append(bad.why())
                .append('\n'));
    return page.toString();
  }
}
