package org.almoner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.entry.Commitment;
import org.almoner.ledger.entry.Kind;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million entries, copied from a plain web server and checked by somebody who watches. */
@Tag("long")
class LargeLogTest {
  private static final String ORIGIN = "log.example/large";
  private static final int ENTRIES = 1_000_000;
  private static final int BATCH = 10_000;

  @TempDir Path temp;

  @Test
  void aMillionEntriesAreMirroredAndCheckedWithProgress() throws Exception {
    Path log = Files.createDirectories(temp.resolve("log"));
    Ed25519NoteSigner signer = new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[32]));
    write(log, signer);
    Path copy = temp.resolve("copy");
    HttpServer server = serve(log);
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      String key = signer.verifier().format();
      String copied = run("log", "mirror", "--log", url, "--key", key, "--to", copy.toString());
      assertThat(copied)
          .contains("% of 1,000,000 entries copied, about ")
          .contains("% of 1,000,000 entries checked, about ")
          .contains("ok  log.example/large, 1000000 entries");
      Files.delete(copy.resolve("tile/entries/x001/234"));
      Files.delete(copy.resolve("tile/0/x001/234"));
      run("log", "mirror", "--log", url, "--key", key, "--to", copy.toString());
      assertThat(copy.resolve("tile/entries/x001/234")).exists();
      assertThat(
              run(
                  "log",
                  "check",
                  "--log",
                  copy.toString(),
                  "--key",
                  key,
                  "--state",
                  temp.resolve("state").toString()))
          .contains("% of 1,000,000 entries checked, about ")
          .contains("ok  ");
    } finally {
      server.stop(0);
    }
  }

  private void write(Path log, Ed25519NoteSigner signer) throws Exception {
    try (FileLogStore store =
        FileLogStore.open(log, Files.createDirectories(temp.resolve("own")))) {
      FileCheckpointRegister register =
          new FileCheckpointRegister(log.resolve("checkpoint"), temp.resolve("own/register.lock"));
      Sequencer.create(ORIGIN, List.of(signer), store, register);
      Sequencer sequencer = Sequencer.open(ORIGIN, List.of(signer), store, register);
      for (int first = 0; first < ENTRIES; first += BATCH) {
        List<Bytes> batch = new ArrayList<>(BATCH);
        for (int i = first; i < first + BATCH; i++) {
          Hash salt = Hash.sha256(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
          batch.add(Commitment.of(Kind.ENROLMENT, ORIGIN, salt, 0, salt).entry().octets());
        }
        sequencer.commit(batch, Bytes.of(new byte[0]));
      }
    }
  }

  /** As any web server does that knows nothing of logs. */
  private static HttpServer serve(Path folder) throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
            boolean there = Files.isRegularFile(file);
            byte[] octets = there ? Files.readAllBytes(file) : new byte[0];
            exchange.sendResponseHeaders(there ? 200 : 404, there ? octets.length : -1);
            exchange.getResponseBody().write(octets);
          }
        });
    server.start();
    return server;
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(Main.run(arguments)).as(String.join(" ", arguments)).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
