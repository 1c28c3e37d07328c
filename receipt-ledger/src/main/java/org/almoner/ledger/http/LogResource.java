package org.almoner.ledger.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.almoner.ledger.tile.MalformedTile;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tile.TileSource;
import org.almoner.protocol.bytes.Bytes;

/**
 * {@code /log}: the checkpoints, the rotations of its key, the tiles and the entry bundles of one
 * log.
 *
 * <p>The checkpoints and the rotations may be kept by caches for a few seconds, everything else for
 * ever. A partial tile that was dropped is cut from the full one.
 *
 * @see <a href="https://c2sp.org/tlog-tiles">c2sp.org/tlog-tiles</a>
 */
@Path("log")
public final class LogResource {
  private static final String NOTE = "text/plain; charset=utf-8";
  private static final String OCTETS = "application/octet-stream";
  private static final String FOR_SECONDS = "public, max-age=2";
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final TileSource tiles;
  private final PublishedCheckpoint checkpoint;
  private final PublishedCheckpoint witnessed;
  private final PublishedRotations rotations;

  /**
   * Serves {@code tiles} under {@code checkpoint}, whose tiles must all be there.
   *
   * @param witnessed the newest that the quorum of the log's witnesses signed
   */
  public LogResource(
      TileSource tiles,
      PublishedCheckpoint checkpoint,
      PublishedCheckpoint witnessed,
      PublishedRotations rotations) {
    this.tiles = tiles;
    this.checkpoint = checkpoint;
    this.witnessed = witnessed;
    this.rotations = rotations;
  }

  /** A log that asks no witnesses. */
  public LogResource(
      TileSource tiles, PublishedCheckpoint checkpoint, PublishedRotations rotations) {
    this(tiles, checkpoint, Optional::empty, rotations);
  }

  /** The newest checkpoint, a signed note. */
  @GET
  @Path("checkpoint")
  public Response checkpoint() throws IOException {
    return note(checkpoint, "the log is not created yet");
  }

  /** The newest checkpoint that enough witnesses signed, a signed note. */
  @GET
  @Path("witnessed")
  public Response witnessed() throws IOException {
    return note(witnessed, "no checkpoint was signed by enough witnesses, or none are asked");
  }

  private static Response note(PublishedCheckpoint published, String otherwise) throws IOException {
    String note = published.read().orElseThrow(() -> new NotFoundException(otherwise));
    return Response.ok(note.getBytes(StandardCharsets.UTF_8), NOTE)
        .header(HttpHeaders.CACHE_CONTROL, FOR_SECONDS)
        .build();
  }

  /** How the log passed from key to key. */
  @GET
  @Path("rotations")
  public Response rotations() throws IOException {
    return Response.ok(rotations.read().format().toArray(), MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CACHE_CONTROL, FOR_SECONDS)
        .build();
  }

  /** A tile {@code <L>/<N>[.p/<W>]} or a bundle {@code entries/<N>[.p/<W>]}. */
  @GET
  @Path("tile/{path: .+}")
  public Response tile(@PathParam("path") String path) throws IOException {
    TilePath wanted = parsed("tile/" + path);
    Bytes octets =
        tiles.find(wanted).orElseThrow(() -> new NotFoundException("the log has no " + wanted));
    return Response.ok(octets.toArray(), OCTETS)
        .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
        .build();
  }

  private static TilePath parsed(String path) {
    try {
      return TilePath.parse(path);
    } catch (MalformedTile e) {
      throw new NotFoundException(e.getMessage(), e);
    }
  }
}
