package org.almoner.ledger.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.append.MemoryLog;
import org.almoner.ledger.append.Sequencer;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.http.HttpWitness;
import org.almoner.ledger.http.WitnessFace;
import org.almoner.ledger.note.Ed25519NoteSigner;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.SigningKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CosigningTest {
  private static final String ORIGIN = "log.example/2026";
  private static final Ed25519NoteSigner LOG =
      new Ed25519NoteSigner(ORIGIN, SigningKey.of(new byte[SigningKey.SEED_SIZE]));
  private static final long WAIT_MS = 30_000;

  @TempDir Path folder;
  private final MemoryLog log = new MemoryLog(MemoryLog.Keeping.WIDEST);
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void bothWitnessesSignWhatIsPublishedAndPublicationDoesNotWait() throws Exception {
    WitnessPolicy policy = policy("all", witness("a", 1).prefix(), witness("b", 2).prefix());
    Sequencer sequencer = create();
    Cosigning cosigning = cosigning(policy);
    sequencer.commit(NaiveTree.entries(5), Bytes.of(new byte[0]));
    String published = log.read().orElseThrow();
    assertThat(SignedNote.parse(published).signatures()).hasSize(1);

    SignedCheckpoint signed = cosigning.await(5, WAIT_MS);
    assertThat(policy.signed(signed.note())).containsExactlyInAnyOrder("a", "b");
    assertThat(cosigning.over(published)).isEqualTo(signed.format());
    sequencer.commit(NaiveTree.entries(300), Bytes.of(new byte[0]));
    assertThat(cosigning.await(305, WAIT_MS).checkpoint().size()).isEqualTo(305);
    assertThat(cosigning.over("something else\n")).isEqualTo("something else\n");
  }

  @Test
  void l16OneOfTwoIsEnoughWhereThePolicySaysSoAndNoneIsNot() throws Exception {
    URI nobody = URI.create("http://127.0.0.1:9/");
    WitnessPolicy any = policy("any", witness("a", 1).prefix(), nobody);
    Sequencer sequencer = create();
    Cosigning cosigning = cosigning(any);
    sequencer.commit(NaiveTree.entries(2), Bytes.of(new byte[0]));
    assertThat(any.signed(cosigning.await(2, WAIT_MS).note())).containsExactly("a");

    WitnessPolicy all = policy("all", nobody, nobody);
    assertThatThrownBy(() -> cosigning(all).await(2, 1_000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not enough witnesses");
  }

  @Test
  void aCheckpointThatNobodySignedIsSentAgainThoughTheOneBeforeWasSigned() throws Exception {
    Running a = witness("a", 1);
    URI prefix = a.prefix();
    Sequencer sequencer = create();
    Cosigning cosigning = cosigning(policy("any", prefix, URI.create("http://127.0.0.1:9/")));
    sequencer.commit(NaiveTree.entries(2), Bytes.of(new byte[0]));
    cosigning.await(2, WAIT_MS);

    a.face().close();
    sequencer.commit(NaiveTree.entries(3), Bytes.of(new byte[0]));
    assertThatThrownBy(() -> cosigning.await(5, 1_000)).isInstanceOf(IOException.class);
    assertThat(cosigning.signed().orElseThrow()).startsWith(ORIGIN + "\n2\n");
    WitnessFace back =
        WitnessFace.start(a.witness(), new InetSocketAddress(prefix.getHost(), prefix.getPort()));
    open.add(0, back);
    assertThat(cosigning.await(5, WAIT_MS).checkpoint().size()).isEqualTo(5);
  }

  /** A log restored from a backup: the witness has signed more than the log still has. */
  @Test
  void l06AndL14AWitnessRefusesALogThatWentBackOrForked() throws Exception {
    Running witness = witness("a", 1);
    Sequencer sequencer = create();
    Cosigning cosigning = cosigning(policy("any", witness.prefix(), witness("b", 2).prefix()));
    sequencer.commit(NaiveTree.entries(9), Bytes.of(new byte[0]));
    cosigning.await(9, WAIT_MS);

    MemoryLog restored = new MemoryLog(MemoryLog.Keeping.WIDEST);
    Sequencer.create(ORIGIN, List.of(LOG), restored, restored);
    Sequencer again = Sequencer.open(ORIGIN, List.of(LOG), restored, restored);
    again.commit(List.of(Bytes.utf8("another history")), Bytes.of(new byte[0]));
    assertThat(ask(witness, 0, again, restored)).startsWith("409 9");
    List<Bytes> fork = new ArrayList<>(NaiveTree.entries(11));
    again.commit(fork, Bytes.of(new byte[0]));
    assertThat(ask(witness, 9, again, restored)).startsWith("422 ");
    HttpResponse<String> kept =
        get(witness.prefix().resolve("/" + FileWitnessStore.name(ORIGIN) + "/checkpoint"));
    assertThat(kept.statusCode()).isEqualTo(200);
    assertThat(SignedNote.parse(kept.body()).text()).startsWith(ORIGIN + "\n9\n");
  }

  @Test
  void whatIsNeitherIsTheWitnesssProblemPage() throws Exception {
    Running witness = witness("a", 1);
    assertThat(get(witness.prefix()).statusCode()).isEqualTo(404);
    assertThat(get(witness.prefix().resolve("/" + "0".repeat(64) + "/checkpoint")).statusCode())
        .isEqualTo(404);
    assertThat(new HttpWitness(HttpClient.newHttpClient(), witness.prefix()).add("x").status())
        .isEqualTo(400);
    assertThat(
            new HttpWitness(HttpClient.newHttpClient(), witness.prefix())
                .add("x".repeat(AddCheckpoint.CHARACTERS_MAX + 1))
                .status())
        .isEqualTo(400);
  }

  private record Running(WitnessFace face, Witness witness) {
    URI prefix() {
      return URI.create("http://127.0.0.1:" + face.address().getPort() + "/");
    }
  }

  private Running witness(String name, int filler) throws IOException {
    FileWitnessStore store = new FileWitnessStore(folder.resolve(name));
    Witness witness =
        new Witness(
            cosigner(name, filler),
            List.of(LOG.verifier()),
            store,
            () -> Instant.ofEpochSecond(1_800_000_000));
    WitnessFace face =
        WitnessFace.start(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    open.add(face);
    open.add(store);
    return new Running(face, witness);
  }

  private static Cosigner cosigner(String name, int filler) {
    byte[] seed = new byte[SigningKey.SEED_SIZE];
    java.util.Arrays.fill(seed, (byte) filler);
    return new Cosigner(name + ".example", SigningKey.of(seed));
  }

  private static WitnessPolicy policy(String needed, URI a, URI b) throws Exception {
    return WitnessPolicy.parse(
        String.join(
            "\n",
            "witness a " + cosigner("a", 1).verifier().format() + " " + a,
            "witness b " + cosigner("b", 2).verifier().format() + " " + b,
            "group g " + needed + " a b",
            "quorum g"));
  }

  private Sequencer create() throws Exception {
    Sequencer.create(ORIGIN, List.of(LOG), log, log);
    return Sequencer.open(ORIGIN, List.of(LOG), log, log);
  }

  private Cosigning cosigning(WitnessPolicy policy) {
    HttpClient http = HttpClient.newHttpClient();
    Map<String, WitnessClient> clients = new java.util.LinkedHashMap<>();
    policy
        .witnesses()
        .forEach((name, w) -> clients.put(name, new HttpWitness(http, w.url().orElseThrow())));
    Cosigning cosigning =
        new Cosigning(policy, clients, List.of(LOG.verifier()), log, new LogReader(log));
    open.add(0, cosigning);
    return cosigning;
  }

  private static String ask(Running witness, long old, Sequencer log, MemoryLog store)
      throws Exception {
    SignedCheckpoint checkpoint = log.checkpoint();
    long size = checkpoint.checkpoint().size();
    var proof =
        old > size
            ? new org.almoner.ledger.tree.ConsistencyProof(List.of())
            : new LogReader(store).consistency(old, size);
    WitnessClient.Answer answer =
        new HttpWitness(HttpClient.newHttpClient(), witness.prefix())
            .add(new AddCheckpoint(old, proof, checkpoint.note()).format());
    return answer.status() + " " + answer.body();
  }

  private static HttpResponse<String> get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }
}
