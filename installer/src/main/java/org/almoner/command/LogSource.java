package org.almoner.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.http.PublishedCheckpoint;
import org.almoner.ledger.http.PublishedRotations;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.read.TileDirectory;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.verify.TrustFile;

/**
 * A log as somebody outside reads it: from its address or from a folder that mirrors it.
 *
 * @param tiles the tiles, unproved
 * @param checkpoint the signed note, unproved
 * @param signed the newest checkpoint that enough witnesses signed, unproved; asked for when it is
 *     needed, and none in a folder
 * @param rotations how the log passed from key to key, unproved; asked for when it is needed
 */
record LogSource(
    TileSource tiles, String checkpoint, PublishedCheckpoint signed, PublishedRotations rotations) {
  /** Name of the checkpoint that witnesses signed, below an address. */
  private static final String WITNESSED = "witnessed";

  /** Name of the rotations in a folder, and below an address. */
  static final String ROTATIONS = "rotations";

  /** Largest tile or bundle that is read: 256 entries of 65,535 octets with their lengths. */
  static final int BYTES_MAX = 256 * (65_535 + 2);

  /** How often a checkpoint that lacks its witnesses' lines is asked for. */
  private static final int LOOKS = 10;

  /** Time between two such looks, in milliseconds. */
  private static final long LOOK_AGAIN_MS = 700;

  /**
   * Opens {@code where}: an address like {@code http://host/log}, or a folder that holds {@code
   * checkpoint} and {@code tile}.
   */
  static LogSource open(String where) {
    try {
      if (where.startsWith("http://") || where.startsWith("https://")) {
        return remote(URI.create(where.endsWith("/") ? where : where + "/"));
      }
      Path folder = Path.of(where);
      Path checkpoint = folder.resolve("checkpoint");
      if (!Files.isRegularFile(checkpoint)) {
        throw Failure.wrongUse(
            where
                + " is no mirror of a log: there is no file "
                + checkpoint
                + "; name its folder, or its address with http://");
      }
      return new LogSource(
          new TileDirectory(folder),
          Files.readString(checkpoint),
          Optional::empty,
          () -> rotations(folder));
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.failed("the log at " + where + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * As {@link #open}; at an address, and where {@code trust} asks for witnesses, with a checkpoint
   * that they signed: the newest, or the one before it that they did, or one that comes soon. Their
   * lines follow a checkpoint's publication, and a busy log publishes the next before they come.
   */
  static LogSource witnessed(String where, TrustFile trust) {
    LogSource source = open(where);
    boolean remote = where.startsWith("http");
    for (int look = 1; remote && look < LOOKS && lacksWitnesses(source, trust); look++) {
      Optional<LogSource> before = source.before(trust);
      if (before.isPresent()) {
        return before.get();
      }
      try {
        Thread.sleep(LOOK_AGAIN_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.failed("interrupted while waiting for the log's witnesses");
      }
      source = open(where);
    }
    return source;
  }

  /** The log at the newest checkpoint that enough witnesses signed, where it serves that. */
  private Optional<LogSource> before(TrustFile trust) {
    try {
      return signed
          .read()
          .map(note -> new LogSource(tiles, note, signed, rotations))
          .filter(source -> isWitnessed(source, trust));
    } catch (IOException e) {
      return Optional.empty(); // one who serves a log need not serve this
    }
  }

  private static boolean isWitnessed(LogSource source, TrustFile trust) {
    try {
      SignedNote note = SignedNote.parse(source.checkpoint());
      trust.openToday(note, origin(note));
      return true;
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      return false;
    }
  }

  private static String origin(SignedNote note) {
    return note.text().lines().findFirst().orElse("");
  }

  /** Whether that is all that is wrong; what else is, its reader says. */
  private static boolean lacksWitnesses(LogSource source, TrustFile trust) {
    try {
      SignedNote note = SignedNote.parse(source.checkpoint());
      return trust.missingWitnesses(trust.open(note, origin(note))).isPresent();
    } catch (MalformedNote | MalformedCheckpoint | NoteRejected e) {
      return false;
    }
  }

  private static LogSource remote(URI base) throws IOException {
    HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    String checkpoint =
        text(http, base.resolve("checkpoint"))
            .orElseThrow(() -> new IOException("there is no checkpoint"));
    TileSource tiles = (TilePath path) -> get(http, base.resolve(path.toString())).map(Bytes::of);
    return new LogSource(
        tiles,
        checkpoint,
        () -> text(http, base.resolve(WITNESSED)),
        () -> rotations(get(http, base.resolve(ROTATIONS)).map(Bytes::of)));
  }

  private static Optional<String> text(HttpClient http, URI address) throws IOException {
    return get(http, address).map(octets -> new String(octets, StandardCharsets.UTF_8));
  }

  /** The rotations that a folder holds. */
  static Rotations rotations(Path folder) throws IOException {
    Path file = folder.resolve(ROTATIONS);
    return rotations(
        Files.exists(file) ? Optional.of(Bytes.of(Files.readAllBytes(file))) : Optional.empty());
  }

  /** Whoever serves a log that never had another key need not serve them. */
  private static Rotations rotations(Optional<Bytes> document) throws IOException {
    try {
      return document.isEmpty() ? Rotations.NONE : Rotations.parse(document.get());
    } catch (MalformedJson e) {
      throw new IOException("its rotations are malformed: " + e.getMessage(), e);
    }
  }

  private static Optional<byte[]> get(HttpClient http, URI address) throws IOException {
    try {
      HttpResponse<InputStream> response =
          http.send(
              HttpRequest.newBuilder(address).timeout(Duration.ofMinutes(1)).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() == 404) {
          return Optional.empty();
        }
        if (response.statusCode() != 200) {
          throw new IOException(address + " answered " + response.statusCode());
        }
        byte[] octets = body.readNBytes(BYTES_MAX + 1);
        if (octets.length > BYTES_MAX) {
          throw new IOException(address + " has more than " + BYTES_MAX + " octets");
        }
        return Optional.of(octets);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading " + address, e);
    }
  }
}
