package org.almoner.agent.run.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What bubblewrap wrote of a program it was to run. The program itself cannot write there.
 *
 * <p>The file holds JSON objects of bubblewrap's own form; of all that they say two numbers are
 * looked for.
 */
public final class Progress {
  private static final int OCTETS_MAX = 10_000;
  private static final long LOOKS_PER_SECOND = 500;
  private static final Pattern FIRST = Pattern.compile("\"child-pid\": ([0-9]{1,9})\\b");
  private static final Pattern EXIT = Pattern.compile("\"exit-code\": ([0-9]{1,3})\\b");

  private final String text;

  private Progress(String text) {
    this.text = text;
  }

  /** Reads the file whose path {@link Sandbox#command} was given; none was written too early. */
  public static Progress read(Path status) throws IOException {
    if (!Files.exists(status)) {
      return new Progress("");
    }
    try (InputStream in = Files.newInputStream(status)) {
      return new Progress(new String(in.readNBytes(OCTETS_MAX), StandardCharsets.UTF_8));
    }
  }

  /**
   * Code with which the program ended, 128 and the signal when one ended it. Empty when it was
   * never started, or was ended together with bubblewrap.
   */
  public Optional<Integer> exitCode() {
    Matcher found = EXIT.matcher(text);
    return found.find() ? Optional.of(Integer.valueOf(found.group(1))) : Optional.empty();
  }

  /**
   * Waits until nothing inside runs any more. Bubblewrap's own process inside is the last to go,
   * and takes all others with it; it may go a little after bubblewrap.
   *
   * @return false when something still runs after {@code seconds}
   */
  public boolean awaitEnd(long seconds) throws InterruptedException {
    Matcher found = FIRST.matcher(text);
    if (!found.find()) {
      return true;
    }
    Path stat = Path.of("/proc", found.group(1), "stat");
    CountDownLatch never = new CountDownLatch(1);
    for (long left = seconds * LOOKS_PER_SECOND; runs(stat); left--) {
      if (left == 0) {
        return false;
      }
      boolean unused = never.await(1_000 / LOOKS_PER_SECOND, TimeUnit.MILLISECONDS);
    }
    return true;
  }

  /** Its new parent may be slow to fetch its end, but what only waits for that does not run. */
  private static boolean runs(Path stat) {
    try {
      String line = Files.readString(stat, StandardCharsets.ISO_8859_1);
      return "ZX".indexOf(line.charAt(line.lastIndexOf(')') + 2)) < 0;
    } catch (IOException | IndexOutOfBoundsException e) {
      return false; // it is gone
    }
  }
}
