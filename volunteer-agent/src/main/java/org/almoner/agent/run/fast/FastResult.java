package org.almoner.agent.run.fast;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.run.process.ChildResult;
import org.almoner.agent.run.process.ChildResult.End;
import org.almoner.protocol.json.JsonValue;

/**
 * Reads what the process of a unit says at its end, as {@code host/task.h} describes the file. The
 * process runs a stranger's code, so nothing in the file is believed before it is checked.
 */
final class FastResult {
  /** Largest file that is read: what the fields can hold, with room to spare. */
  static final int OCTETS_MAX = 1 << 15;

  private static final String FIRST_LINE = "almoner-fast-result/1\n";
  private static final int REASON_OCTETS_MAX = 500;
  private static final int LINES_MAX = 20;
  private static final int LINE_OCTETS_MAX = 500;
  private static final int EXIT_MAX = 255;

  /** Digits of the largest number that is read. */
  private static final int DIGITS_MAX = 18;

  private final byte[] octets;
  private int at;

  private FastResult(byte[] octets) {
    this.octets = octets;
  }

  /** Reads a result. */
  static ChildResult parse(byte[] octets) throws MalformedResult {
    return new FastResult(octets).result();
  }

  private ChildResult result() throws MalformedResult {
    expect(FIRST_LINE);
    expect("end ");
    boolean finished = expectOne("finished\n", "trapped\n");
    int exit = (int) number("exit ", EXIT_MAX);
    expect("\n");
    long count = number("count ", JsonValue.INTEGER_MAX);
    expect("\n");
    boolean refused = number("refused ", 1) == 1;
    expect("\n");
    long cpuMs = number("cpu ", JsonValue.INTEGER_MAX);
    expect("\nreason ");
    String reason = text(REASON_OCTETS_MAX);
    List<String> tail = tail();
    if (at != octets.length) {
      throw fault("its end");
    }
    return new ChildResult(
        finished ? End.FINISHED : End.TRAPPED,
        exit,
        count,
        refused,
        cpuMs,
        finished ? "" : "the guest trapped: " + reason,
        tail);
  }

  private List<String> tail() throws MalformedResult {
    long lines = number("tail ", LINES_MAX);
    expect("\n");
    List<String> tail = new ArrayList<>();
    for (long i = 0; i < lines; i++) {
      tail.add(text(LINE_OCTETS_MAX));
    }
    return tail;
  }

  private MalformedResult fault(String expected) {
    return new MalformedResult("octet " + at + ": expected " + expected);
  }

  private boolean isNext(String literal) {
    byte[] ascii = literal.getBytes(StandardCharsets.US_ASCII);
    boolean there = octets.length - at >= ascii.length;
    for (int i = 0; there && i < ascii.length; i++) {
      there = octets[at + i] == ascii[i];
    }
    return there;
  }

  private void expect(String literal) throws MalformedResult {
    if (!isNext(literal)) {
      throw fault('"' + literal.strip() + '"');
    }
    at += literal.length();
  }

  /** Whether it is the first. */
  private boolean expectOne(String first, String second) throws MalformedResult {
    boolean is = isNext(first);
    expect(is ? first : second);
    return is;
  }

  private long number(String name, long max) throws MalformedResult {
    expect(name);
    int from = at;
    long value = 0;
    while (at < octets.length && octets[at] >= '0' && octets[at] <= '9') {
      value = 10 * value + octets[at] - '0';
      at++;
      if (at - from > DIGITS_MAX || value > max) {
        throw fault("a number up to " + max);
      }
    }
    if (at == from) {
      throw fault("a number");
    }
    return value;
  }

  /** A text in octets of any kind; what is no UTF-8 or a control character is replaced. */
  private String text(int max) throws MalformedResult {
    int length = (int) number("", max);
    expect(":");
    if (octets.length - at < length) {
      throw fault(length + " octets of text");
    }
    String text = new String(octets, at, length, StandardCharsets.UTF_8);
    at += length;
    expect("\n");
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
