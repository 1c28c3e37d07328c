package org.almoner.ledger.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.rotation.Rotations;
import org.almoner.ledger.tile.EntryBundle;
import org.almoner.ledger.tile.TilePath;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks through Jersey's own routing, without a socket. */
class LogResourceTest {
  private static final List<Bytes> ENTRIES = NaiveTree.entries(600);
  private static final MemoryLog LOG = new MemoryLog(MemoryLog.Keeping.EXACT);
  private static final ApplicationHandler SERVER =
      server(new LogResource(LOG, LOG::read, () -> Rotations.NONE));

  private static ApplicationHandler server(LogResource resource) {
    return new ApplicationHandler(new ResourceConfig().register(resource));
  }

  @BeforeAll
  static void fill() throws Exception {
    Ed25519NoteSigner signer =
        new Ed25519NoteSigner("log.example", SigningKey.of(new byte[SigningKey.SEED_SIZE]));
    Sequencer.create("log.example", List.of(signer), LOG, LOG);
    Sequencer sequencer = Sequencer.open("log.example", List.of(signer), LOG, LOG);
    sequencer.commit(ENTRIES.subList(0, 100), Bytes.of(new byte[0]));
    sequencer.commit(ENTRIES.subList(100, 600), Bytes.of(new byte[0]));
  }

  private static ContainerResponse get(ApplicationHandler server, String path) throws Exception {
    URI base = URI.create("http://localhost/");
    return server
        .apply(
            new ContainerRequest(
                base,
                base.resolve(path),
                "GET",
                null,
                new MapPropertiesDelegate(),
                server.getConfiguration()))
        .get();
  }

  @Test
  void theCheckpointIsTextThatCachesSoonForget() throws Exception {
    ContainerResponse response = get(SERVER, "log/checkpoint");
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getMediaType()).hasToString("text/plain;charset=utf-8");
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("public, max-age=2");
    assertThat(Bytes.of((byte[]) response.getEntity()))
        .isEqualTo(Bytes.utf8(LOG.read().orElseThrow()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/000",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "tile/entries/001",
        "tile/entries/002.p/88"
      })
  void aTileIsOctetsThatCachesKeep(String path) throws Exception {
    ContainerResponse response = get(SERVER, "log/" + path);
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(response.getMediaType()).hasToString("application/octet-stream");
    assertThat(response.getHeaderString("Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(Bytes.of((byte[]) response.getEntity()))
        .isEqualTo(LOG.tiles().get(TilePath.parse(path)));
  }

  @Test
  void aDroppedPartialTileIsStillServed() throws Exception {
    assertThat(LOG.tiles()).doesNotContainKey(TilePath.parse("tile/entries/000.p/100"));
    assertThat(Bytes.of((byte[]) get(SERVER, "log/tile/entries/000.p/100").getEntity()))
        .isEqualTo(new EntryBundle(ENTRIES.subList(0, 100)).format());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tile/0/003",
        "tile/0/002",
        "tile/0/002.p/89",
        "tile/2/000.p/1",
        "tile/0/0",
        "tile/0/x000/000",
        "tile/0/000.p/256",
        "tile/data/000",
        "tile/..%2Fcheckpoint",
        "tile/",
        "tile",
        "staged",
        ""
      })
  void whatIsNotThereIsNotFound(String path) throws Exception {
    assertThat(get(SERVER, "log/" + path).getStatus()).isEqualTo(404);
  }

  @Test
  void whatEnoughWitnessesSignedIsThereBesideWhatTheyDidNotYet() throws Exception {
    LogResource witnessed =
        new LogResource(LOG, LOG::read, () -> Optional.of("signed\n"), () -> Rotations.NONE);
    ContainerResponse response = get(server(witnessed), "log/witnessed");
    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(Bytes.of((byte[]) response.getEntity())).isEqualTo(Bytes.utf8("signed\n"));
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("public, max-age=2");
    assertThat(get(SERVER, "log/witnessed").getStatus()).isEqualTo(404);
  }

  @Test
  void beforeItsCreationALogHasNoCheckpoint() throws Exception {
    LogResource nothing =
        new LogResource(path -> Optional.empty(), Optional::empty, () -> Rotations.NONE);
    assertThat(get(server(nothing), "log/checkpoint").getStatus()).isEqualTo(404);
  }
}
