package org.almoner.coordinator.starter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.batch.Batch;
import org.almoner.coordinator.validation.Answer;
import org.almoner.protocol.bytes.Hash;

/**
 * What the starter module answers, known beforehand.
 *
 * <p>The text has a line for each stretch from 0 on: its number, SHA-256 of the output bundle in
 * hexadecimal, and the instructions executed, with single blanks between. Lines that begin with
 * {@code #} are comments. Unit {@code i} is of stretch {@code i} modulo the number of stretches.
 */
public final class KnownAnswers {
  /** Version of the rule by which the instructions were counted. */
  public static final String METER = "almoner-meter/1";

  private final Hash module;
  private final List<Answer> answers;

  private KnownAnswers(Hash module, List<Answer> answers) {
    this.module = module;
    this.answers = answers;
  }

  /** The answers of {@link StarterModule}. */
  public static KnownAnswers load() {
    byte[] text = StarterModule.resource("answers.txt");
    return parse(StarterModule.DIGEST, new String(text, StandardCharsets.UTF_8));
  }

  /**
   * Reads the answers of a module.
   *
   * @throws IllegalArgumentException naming the first line that is wrong
   */
  static KnownAnswers parse(Hash module, String text) {
    List<Answer> answers = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("#")) {
        answers.add(parseLine(lines.get(i), i + 1, answers.size()));
      }
    }
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("expected a line for each stretch, got none");
    }
    return new KnownAnswers(module, List.copyOf(answers));
  }

  private static Answer parseLine(String line, int number, int stretch) {
    if (!line.matches(stretch + " [0-9a-f]{64} [1-9][0-9]{0,14}")) {
      throw new IllegalArgumentException(
          "line " + number + ": expected \"" + stretch + " DIGEST COUNT\", got \"" + line + "\"");
    }
    String[] parts = line.split(" ", -1);
    return new Answer(Hash.parseHex(parts[1]), Long.parseLong(parts[2]), 0, true);
  }

  /** The answer of a unit; unknown when its batch runs another module, as an older one did. */
  public Optional<Answer> of(Batch batch, long unit) {
    return batch.release().program().module().filter(m -> m.digest().equals(module)).isPresent()
        ? Optional.of(answers.get((int) (unit % answers.size())))
        : Optional.empty();
  }
}
