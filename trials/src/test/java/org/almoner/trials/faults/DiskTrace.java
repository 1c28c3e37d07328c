package org.almoner.trials.faults;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.almoner.protocol.bytes.Bytes;

/**
 * What a process did to the files below one folder, and what it said, in the order in which the
 * calls came back. Read from strace's text with {@code -f -y -xx}.
 */
final class DiskTrace {
  private static final Pattern WHOLE =
      Pattern.compile("([0-9]+) +([a-z0-9_]+)\\((.*)\\) += (-?[0-9]+)(.*)");
  private static final Pattern BEGUN =
      Pattern.compile("([0-9]+) +([a-z0-9_]+)\\((.*?),? *<unfinished \\.\\.\\.>");
  private static final Pattern ENDED =
      Pattern.compile("([0-9]+) +<\\.\\.\\. ([a-z0-9_]+) resumed>,? *(.*)\\) += (-?[0-9]+)(.*)");
  private static final Pattern OPEN_FILE = Pattern.compile("([0-9]+)<((?:\\\\x[0-9a-f]{2})*)>.*");
  private static final int STANDARD_OUTPUT = 1;
  private static final int BRIEF_MAX = 200;

  /** One call that came back without an error. */
  sealed interface Change {
    /** The beginning of what it is, without all octets. */
    default String brief() {
      String whole = toString();
      return whole.substring(0, Math.min(whole.length(), BRIEF_MAX));
    }

    /** A file was opened for writing. */
    record Opened(String path, boolean created, boolean emptied) implements Change {}

    /** Octets were written. */
    record Written(String path, long at, Bytes octets) implements Change {}

    /** A file was cut or made longer. */
    record Resized(String path, long size) implements Change {}

    /** A sync began: what was written before is covered. */
    record SyncBegan(String thread, String call, String path) implements Change {}

    /** The sync of that thread is done. */
    record SyncEnded(String thread) implements Change {}

    /** A name was given to another file. */
    record Renamed(String from, String to) implements Change {}

    /** A directory was made. */
    record Made(String path) implements Change {}

    /** A name was taken away. */
    record Removed(String path) implements Change {}

    /** The process said this. */
    record Said(String line) implements Change {}
  }

  private final String folder;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, String> begun = new HashMap<>();
  private final Map<String, Long> offsets = new HashMap<>();
  private final Map<String, Integer> calls = new HashMap<>();
  private final TreeSet<String> paths = new TreeSet<>();

  private DiskTrace(Path folder) {
    this.folder = folder.toString();
  }

  /** Reads the trace of one process. */
  static DiskTrace read(Path trace, Path folder) throws IOException {
    DiskTrace read = new DiskTrace(folder);
    try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read.line(line);
      }
    }
    return read;
  }

  List<Change> changes() {
    return changes;
  }

  /** How often each call touched a file below the folder, also in vain. */
  Map<String, Integer> calls() {
    return calls;
  }

  /** Every path below the folder that a call named. */
  TreeSet<String> paths() {
    return paths;
  }

  private void line(String line) {
    Matcher whole = WHOLE.matcher(line);
    Matcher unfinished = BEGUN.matcher(line);
    Matcher resumed = ENDED.matcher(line);
    if (resumed.matches()) {
      String head = begun.remove(resumed.group(1));
      String arguments = resumed.group(3).isEmpty() ? head : head + ", " + resumed.group(3);
      ended(resumed.group(1), resumed.group(2), arguments, resumed);
    } else if (unfinished.matches()) {
      begun.put(unfinished.group(1), unfinished.group(3));
      began(unfinished.group(1), unfinished.group(2), unfinished.group(3));
    } else if (whole.matches()) {
      began(whole.group(1), whole.group(2), whole.group(3));
      ended(whole.group(1), whole.group(2), whole.group(3), whole);
    }
  }

  private void began(String thread, String call, String arguments) {
    if (call.equals("fsync") || call.equals("fdatasync")) {
      below(openFile(arguments))
          .ifPresent(path -> changes.add(new Change.SyncBegan(thread, call, path)));
    }
  }

  private void ended(String thread, String call, String arguments, Matcher line) {
    long result = Long.parseLong(line.group(4));
    List<String> named = named(call, arguments);
    if (!named.isEmpty()) {
      paths.addAll(named);
      calls.merge(call, 1, Integer::sum);
    }
    if (result >= 0) {
      done(thread, call, arguments, result, line.group(5));
    }
  }

  private void done(String thread, String call, String arguments, long result, String rest) {
    switch (call) {
      case "openat" -> opened(arguments, result, rest);
      case "lseek" -> offsets.put(descriptor(arguments), result);
      case "write" -> written(arguments, (int) result);
      case "pwrite64" ->
          writtenAt(arguments, Long.parseLong(last(arguments)), octets(arguments, (int) result));
      case "ftruncate" ->
          below(openFile(arguments))
              .ifPresent(
                  path -> changes.add(new Change.Resized(path, Long.parseLong(last(arguments)))));
      case "fsync", "fdatasync" -> changes.add(new Change.SyncEnded(thread));
      case "rename", "renameat", "renameat2" -> {
        List<String> both = texts(arguments);
        if (below(both.get(0)).isPresent()) {
          changes.add(new Change.Renamed(both.get(0), both.get(1)));
        }
      }
      case "mkdir", "mkdirat" ->
          below(texts(arguments).get(0)).ifPresent(path -> changes.add(new Change.Made(path)));
      case "unlink", "unlinkat", "rmdir" ->
          below(texts(arguments).get(0)).ifPresent(path -> changes.add(new Change.Removed(path)));
      default -> throw new AssertionError("a call that the trace does not know: " + call);
    }
  }

  private void opened(String arguments, long descriptor, String rest) {
    offsets.put("" + descriptor, 0L);
    String path = texts(arguments).get(0);
    boolean writes = arguments.contains("O_WRONLY") || arguments.contains("O_RDWR");
    if (writes && below(path).isPresent()) {
      if (arguments.contains("O_APPEND")) {
        throw new AssertionError("appending is not modelled: " + path + rest);
      }
      boolean creates = arguments.contains("O_CREAT");
      changes.add(new Change.Opened(path, creates, arguments.contains("O_TRUNC")));
    }
  }

  private void written(String arguments, int count) {
    String descriptor = descriptor(arguments);
    if (Integer.parseInt(descriptor) == STANDARD_OUTPUT) {
      String said = new String(octets(arguments, count), StandardCharsets.UTF_8);
      Strace.said(said).forEach(line -> changes.add(new Change.Said(line)));
    } else {
      long at = offsets.getOrDefault(descriptor, 0L);
      offsets.put(descriptor, at + count);
      if (below(openFile(arguments)).isPresent()) {
        writtenAt(arguments, at, octets(arguments, count));
      }
    }
  }

  private void writtenAt(String arguments, long at, byte[] octets) {
    below(openFile(arguments))
        .ifPresent(path -> changes.add(new Change.Written(path, at, Bytes.of(octets))));
  }

  /** The paths below the folder that a call names. */
  private List<String> named(String call, String arguments) {
    boolean byName =
        call.startsWith("rename")
            || call.startsWith("mkdir")
            || call.startsWith("unlink")
            || call.equals("rmdir")
            || call.equals("openat");
    List<String> all = byName ? texts(arguments) : List.of(openFile(arguments));
    return all.stream().filter(path -> below(path).isPresent()).toList();
  }

  private Optional<String> below(String path) {
    return path.equals(folder) || path.startsWith(folder + "/")
        ? Optional.of(path)
        : Optional.empty();
  }

  private static String descriptor(String arguments) {
    return arguments.replaceFirst("[^0-9].*", "");
  }

  private static String openFile(String arguments) {
    Matcher file = OPEN_FILE.matcher(arguments);
    return file.matches() ? new String(hex(file.group(2)), StandardCharsets.UTF_8) : "";
  }

  private static String last(String arguments) {
    return arguments.substring(arguments.lastIndexOf(' ') + 1);
  }

  private static byte[] octets(String arguments, int count) {
    int begin = arguments.indexOf('"');
    int end = arguments.indexOf('"', begin + 1);
    byte[] all = hex(arguments.substring(begin + 1, end));
    if (all.length < count) {
      throw new AssertionError("the trace was cut short: " + all.length + " of " + count);
    }
    return Arrays.copyOf(all, count);
  }

  private static List<String> texts(String arguments) {
    List<String> texts = new ArrayList<>();
    int begin = arguments.indexOf('"');
    while (begin >= 0) {
      int end = arguments.indexOf('"', begin + 1);
      texts.add(new String(hex(arguments.substring(begin + 1, end)), StandardCharsets.UTF_8));
      begin = arguments.indexOf('"', end + 1);
    }
    return texts;
  }

  private static byte[] hex(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length() / 4);
    for (int i = 0; i < text.length(); i += 4) {
      octets.write(Integer.parseInt(text, i + 2, i + 4, 16));
    }
    return octets.toByteArray();
  }
}
