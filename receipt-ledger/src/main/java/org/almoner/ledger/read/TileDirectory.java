package org.almoner.ledger.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Bytes;

/**
 * A copy of a log in a directory laid out as tlog-tiles names its resources.
 *
 * @param directory what holds {@code tile/}
 */
public record TileDirectory(Path directory) implements TileSource {
  @Override
  public Optional<Bytes> read(TilePath path) throws IOException {
    try {
      return Optional.of(Bytes.of(Files.readAllBytes(directory.resolve(path.toString()))));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
