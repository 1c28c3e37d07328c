package org.almoner.tax.receipt;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.tally.Quantities;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * What the code on a statement says, so that paper alone can be verified: whose statement it is, by
 * pseudonym, what it adds up to, and where the log holds it. Its text is nine lines, to which the
 * log's key adds a tenth.
 *
 * <p>Format: docs/spec/statement-code.md.
 *
 * @param number the statement's number
 * @param origin name of the log
 * @param donor the donor's pseudonym
 * @param from first day
 * @param to last day
 * @param totals what was given over all months
 * @param accepted results that counted
 * @param returned results that came back
 * @param leaf index of the statement's entry
 * @param size entries of the tree that holds it
 * @param root root of that tree
 * @param lines digest of the lines that count
 */
public record StatementCode(
    String number,
    String origin,
    String donor,
    LocalDate from,
    LocalDate to,
    Totals totals,
    long accepted,
    long returned,
    long leaf,
    long size,
    Hash root,
    Hash lines) {
  /** First line of every code. */
  public static final String FORM = "almoner-statement/2";

  private static final int LINES = 9;
  private static final String WORD = "[^\\s\\p{Cntrl}]{1,100}";

  /**
   * Sums as a code has them.
   *
   * @param gpuMs milliseconds of GPUs
   * @param memoryMibMs MiB times milliseconds
   * @param joules energy of all tiers
   */
  public record Totals(CpuTime cpu, long gpuMs, long memoryMibMs, long joules) {}

  /** Refuses what is no word, and places outside the tree. */
  public StatementCode {
    for (String word : List.of(number, origin, donor)) {
      if (!word.matches(WORD)) {
        throw new IllegalArgumentException("number, log and donor are words without spaces");
      }
    }
    if (leaf < 0 || size <= leaf || accepted < 0 || returned < accepted || to.isBefore(from)) {
      throw new IllegalArgumentException("the code's figures cannot be");
    }
  }

  /** The code of a numbered page. */
  public static StatementCode of(StatementPage page) {
    Quantities given = page.given();
    LogEvidence log = page.evidence();
    return new StatementCode(
        page.number(),
        log.origin(),
        page.donorReference(),
        page.period().from(),
        page.period().to(),
        new Totals(
            given.cpu(),
            given.gpuMs(),
            given.memoryMibMs(),
            given.joules().values().stream().reduce(0L, Math::addExact)),
        page.accepted(),
        page.returned(),
        log.leafIndex(),
        log.treeSize(),
        log.root(),
        log.entries());
  }

  /** The nine lines, each ended by a newline: what is signed. */
  public String text() {
    CpuTime cpu = totals.cpu();
    return String.join(
        "\n",
        FORM,
        number,
        origin,
        donor,
        from + " " + to,
        numbers(
            cpu.c1(),
            cpu.c2(),
            cpu.c3(),
            totals.gpuMs(),
            totals.memoryMibMs(),
            totals.joules(),
            accepted,
            returned),
        numbers(leaf, size),
        base64(root),
        base64(lines),
        "");
  }

  /**
   * Reads what {@link #text} writes.
   *
   * @throws MalformedCode naming the line
   */
  public static StatementCode parse(String text) throws MalformedCode {
    List<String> lines = List.of(text.split("\n", -1));
    if (!lines.get(0).equals(FORM)) {
      throw new MalformedCode("line 1: expected " + FORM + "; is it the code of a statement?");
    }
    if (lines.size() != LINES + 1) {
      throw new MalformedCode(
          "the code has " + (lines.size() - 1) + " lines before its signature; expected " + LINES);
    }
    try {
      List<String> days = split(lines, 4, 2);
      List<Long> sums = longs(lines, 5, 8);
      List<Long> place = longs(lines, 6, 2);
      StatementCode code =
          new StatementCode(
              lines.get(1),
              lines.get(2),
              lines.get(3),
              LocalDate.parse(days.get(0)),
              LocalDate.parse(days.get(1)),
              new Totals(
                  new CpuTime(sums.get(0), sums.get(1), sums.get(2)),
                  sums.get(3),
                  sums.get(4),
                  sums.get(5)),
              sums.get(6),
              sums.get(7),
              place.get(0),
              place.get(1),
              hash(lines, 7),
              hash(lines, 8));
      if (!code.text().equals(text)) {
        throw new MalformedCode("the code is not in its one form; a digit or a sign was changed");
      }
      return code;
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new MalformedCode("the code cannot be read: " + e.getMessage());
    }
  }

  private static List<String> split(List<String> lines, int line, int parts) throws MalformedCode {
    List<String> found = List.of(lines.get(line).split(" ", -1));
    if (found.size() != parts) {
      throw new MalformedCode(
          "line " + (line + 1) + " has " + found.size() + " parts; expected " + parts);
    }
    return found;
  }

  private static List<Long> longs(List<String> lines, int line, int parts) throws MalformedCode {
    for (String part : split(lines, line, parts)) {
      if (!part.matches("0|[1-9][0-9]{0,17}")) {
        throw new MalformedCode("line " + (line + 1) + ": \"" + part + "\" is no whole number");
      }
    }
    return split(lines, line, parts).stream().map(Long::valueOf).toList();
  }

  private static Hash hash(List<String> lines, int line) throws MalformedCode {
    Bytes octets = Bytes.parseBase64(lines.get(line));
    if (octets.size() != Hash.SIZE) {
      throw new MalformedCode("line " + (line + 1) + " is no hash of " + Hash.SIZE + " octets");
    }
    return Hash.of(octets.toArray());
  }

  private static String numbers(long... values) {
    return String.join(" ", Arrays.stream(values).mapToObj(Long::toString).toList());
  }

  private static String base64(Hash hash) {
    return Bytes.of(hash.toArray()).toBase64();
  }
}
