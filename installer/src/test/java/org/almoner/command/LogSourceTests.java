package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.checkpoint.Checkpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.witness.Cosigner;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.tax.verify.BelievedLog;
import org.almoner.tax.verify.TrustFile;
import org.junit.jupiter.api.Test;

/** A log that grows faster than its witnesses sign. */
class LogSourceTests {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner LOG =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
  private static final Cosigner WITNESS =
      new Cosigner("one.example", SigningKey.of(Hash.sha256().toArray()));

  private static SignedNote checkpoint(long size) throws Exception {
    Hash root = Hash.sha256(new byte[] {(byte) size});
    return SignedCheckpoint.sign(new Checkpoint(ORIGIN, size, root), List.of(LOG)).note();
  }

  private static String witnessed(long size) throws Exception {
    SignedNote note = checkpoint(size);
    return note.with(List.of(WITNESS.sign(note.text(), 1_800_000_000))).format();
  }

  private static String read(Map<String, String> served) throws Exception {
    TrustFile trust =
        new TrustFile(
            "Example",
            BelievedLog.of(List.of(LOG.verifier())),
            List.of(Hash.ZERO),
            WitnessPolicy.parse("witness one " + WITNESS.verifier().format() + "\nquorum one"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try {
      server.createContext(
          "/log/",
          exchange -> {
            String body = served.get(exchange.getRequestURI().getPath());
            byte[] octets = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body == null ? 404 : 200, octets.length);
            exchange.getResponseBody().write(octets);
            exchange.close();
          });
      server.start();
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/log";
      return LogSource.witnessed(url, trust).checkpoint();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whereTheNewestLacksItsWitnessesTheOneBeforeThatHasThemIsTaken() throws Exception {
    Map<String, String> busy =
        Map.of("/log/checkpoint", checkpoint(9).format(), "/log/witnessed", witnessed(7));
    assertThat(read(busy)).isEqualTo(witnessed(7));
  }

  @Test
  void theNewestIsTakenWhereItHasThem() throws Exception {
    Map<String, String> quiet =
        Map.of("/log/checkpoint", witnessed(9), "/log/witnessed", witnessed(7));
    assertThat(read(quiet)).isEqualTo(witnessed(9));
  }
}
