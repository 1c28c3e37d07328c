package org.almoner.agent.run.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The system calls that a program inside has on one kind of processor: by number those that it has
 * whatever it asks with them, by name those that are looked at by an argument.
 *
 * <p>Data, in the file {@code system-calls.txt} beside this class.
 */
final class SystemCalls {
  private static final String TABLE = "system-calls.txt";
  private static final String BY_ARGUMENT = "by-argument";

  private final NavigableSet<Integer> allowed = new TreeSet<>();
  private final Map<String, Integer> byArgument = new HashMap<>();

  private SystemCalls() {}

  static SystemCalls of(InstructionSet processor) {
    SystemCalls calls = new SystemCalls();
    table()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> calls.add(line, processor));
    return calls;
  }

  private void add(String line, InstructionSet processor) {
    String[] columns = line.split(" ", -1);
    boolean looked = columns.length == 4 && columns[3].equals(BY_ARGUMENT);
    if (columns.length != 3 && !looked) {
      throw new IllegalStateException(
          TABLE + ": expected a name, two numbers and perhaps " + BY_ARGUMENT + ": " + line);
    }
    String number = columns[processor.column];
    if (looked) {
      byArgument.put(columns[0], Integer.valueOf(number));
    } else if (!number.equals("-")) {
      allowed.add(Integer.valueOf(number));
    }
  }

  /** Numbers of the calls that are allowed whatever their arguments. */
  NavigableSet<Integer> allowed() {
    return allowed;
  }

  /** Number of a call that is looked at by an argument. */
  int byArgument(String name) {
    Integer number = byArgument.get(name);
    if (number == null) {
      throw new IllegalStateException(TABLE + " does not name " + name + " " + BY_ARGUMENT);
    }
    return number;
  }

  private static String table() {
    try (InputStream in = SystemCalls.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException(TABLE + " is missing beside " + SystemCalls.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
