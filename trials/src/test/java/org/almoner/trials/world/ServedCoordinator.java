package org.almoner.trials.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.coordinator.http.rate.RateLimits;

/**
 * A coordinator on a folder, as a process that can be killed and started again.
 *
 * <p>Each start takes a free port, so that one trial never waits for another's, unless it is told
 * one because its agents are.
 */
public final class ServedCoordinator implements AutoCloseable {
  /** Longest start, on a machine that others use too. */
  private static final long START_SECONDS_MAX = 90;

  /** All the load of a trial comes from one address and is faster than honest agents are. */
  private static final List<String> FREE =
      List.of(
          "--requests-per-minute-per-address=" + RateLimits.MAX,
          "--requests-per-minute-per-account=" + RateLimits.MAX);

  private final Path folder;
  private final List<String> options;
  private final int port;
  private final List<String> limits;
  private Optional<AlmonerProcess> process = Optional.empty();

  /**
   * Nothing is started yet.
   *
   * @param folder the coordinator's data, kept over all starts
   * @param options of {@code serve}, besides where the data is and where to listen
   */
  public ServedCoordinator(Path folder, List<String> options) {
    this(folder, options, 0);
  }

  /** As the other, always on one port. */
  public ServedCoordinator(Path folder, List<String> options, int port) {
    this(folder, options, port, FREE);
  }

  private ServedCoordinator(Path folder, List<String> options, int port, List<String> limits) {
    this.folder = folder;
    this.options = List.copyOf(options);
    this.port = port;
    this.limits = limits;
  }

  /** One that limits how often it may be asked as it does by itself. */
  public static ServedCoordinator withUsualLimits(Path folder, List<String> options) {
    return new ServedCoordinator(folder, options, 0, List.of());
  }

  /** Starts it, and returns at once. */
  public void launch() {
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(url());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> verb =
        new ArrayList<>(
            List.of("serve", "--data", folder.toString(), "--listen", "127.0.0.1:" + port));
    verb.addAll(List.of("--disk-reserve", "0KiB"));
    verb.addAll(limits);
    verb.addAll(options);
    Path output = folder.resolveSibling(folder.getFileName() + ".log");
    process = Optional.of(AlmonerProcess.start(output, "384m", verb));
  }

  /** Waits until it listens; returns its address. */
  public URI awaitReady() {
    long end = System.nanoTime() + START_SECONDS_MAX * 1_000_000_000L;
    while (System.nanoTime() < end) {
      if (!process().isAlive()) {
        throw new AssertionError(
            "the coordinator ended with " + process().awaitEnd(1) + ":\n" + process().tail());
      }
      if (Files.exists(url())) {
        return address();
      }
      pause(20);
    }
    throw new AssertionError("the coordinator did not start:\n" + process().tail());
  }

  /** Starts it and waits until it listens. */
  public URI start() {
    launch();
    return awaitReady();
  }

  /** SIGKILL. */
  public void kill() {
    process().kill();
  }

  public AlmonerProcess process() {
    return process.orElseThrow();
  }

  public Path folder() {
    return folder;
  }

  /** What the charity publishes so that its documents can be checked. */
  public Path trustFile() {
    return folder.resolve("trust.json");
  }

  /** The operator's token, drawn at the first start. */
  public String operatorToken() {
    return read(folder.resolve("operator.token"));
  }

  public URI address() {
    return URI.create(read(url()));
  }

  @Override
  public void close() {
    process.ifPresent(AlmonerProcess::close);
  }

  private Path url() {
    return folder.resolve("coordinator.url");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
