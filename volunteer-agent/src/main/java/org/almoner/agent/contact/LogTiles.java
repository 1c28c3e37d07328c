package org.almoner.agent.contact;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.agent.origin.CoordinatorAddress;
import org.almoner.agent.proof.LogSource;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.ledger.tree.ConsistencyProof;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.MalformedJson;

/** The tiles of the coordinator's log, as it serves them; good for what a proof then shows. */
public final class LogTiles implements TileSource, LogSource {
  /** Hash tiles kept in memory, 8 KiB each and as much again for their subtrees. */
  private static final int TILES_IN_MEMORY = 16;

  /** Longest bundle of 256 entries with their lengths. */
  private static final int BUNDLE_OCTETS_MAX = TilePath.FULL * (65_535 + 2);

  private static final int TILE_OCTETS_MAX = TilePath.FULL * Hash.SIZE;

  private static final long ROUNDS = 4;

  private final CoordinatorAddress address;
  private final Exchange exchange;
  private final LogReader reader = new LogReader(this, TILES_IN_MEMORY);

  /** Reads the log at {@code address}; the parameters as for {@link CoordinatorClient}. */
  public LogTiles(
      CoordinatorAddress address, HttpClient http, Duration stallMax, Allowance allowance) {
    this.address = address;
    this.exchange = new Exchange(http, stallMax, allowance);
  }

  @Override
  public ConsistencyProof between(long first, long second) throws IOException {
    return reader.consistency(first, second);
  }

  @Override
  public Rotations rotations() throws IOException {
    Optional<Bytes> document = get("log/rotations", Rotations.OCTETS_MAX);
    try {
      return document.isEmpty() ? Rotations.NONE : Rotations.parse(document.get());
    } catch (MalformedJson e) {
      throw new IOException(address + "log/rotations: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Bytes> read(TilePath path) throws IOException {
    return get("log/" + path, path.isEntries() ? BUNDLE_OCTETS_MAX : TILE_OCTETS_MAX);
  }

  private Optional<Bytes> get(String route, long max) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(route)).GET().build();
    try {
      Exchange.Response response =
          exchange.send(
              request, new MemorySink(), max, new AtomicLong(), ROUNDS, Allowance.Use.PROOF);
      if (response.status() == 404) {
        return Optional.empty();
      }
      if (response.status() != 200) {
        throw new IOException(address + route + " gave status " + response.status());
      }
      return Optional.of(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while reading the log");
    }
  }
}
