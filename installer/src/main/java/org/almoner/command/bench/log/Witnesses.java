package org.almoner.command.bench.log;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almoner.ledger.http.HttpWitness;
import org.almoner.ledger.http.WitnessFace;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.read.LogReader;
import org.almoner.ledger.witness.Cosigner;
import org.almoner.ledger.witness.Cosigning;
import org.almoner.ledger.witness.FileWitnessStore;
import org.almoner.ledger.witness.Witness;
import org.almoner.ledger.witness.WitnessClient;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.identity.SigningKey;

/**
 * Witnesses on the loopback, asked over HTTP as any other, with stores of their own on the same
 * disk. All of them must sign.
 */
final class Witnesses implements AutoCloseable {
  private final List<FileWitnessStore> stores = new ArrayList<>();
  private final List<WitnessFace> faces = new ArrayList<>();
  private final Cosigning cosigning;

  private Witnesses(Pipeline log, int count, Path folder, SecureRandom random)
      throws IOException, MalformedNote {
    StringBuilder policy = new StringBuilder();
    List<String> names = new ArrayList<>();
    Map<String, WitnessClient> clients = new LinkedHashMap<>();
    HttpClient http = HttpClient.newHttpClient();
    for (int i = 0; i < count; i++) {
      FileWitnessStore store = new FileWitnessStore(folder.resolve("witness-" + i));
      stores.add(store);
      Cosigner cosigner = new Cosigner("witness-" + i + ".localhost", SigningKey.generate(random));
      Witness witness = new Witness(cosigner, List.of(log.logKey()), store, Clock.systemUTC());
      WitnessFace face =
          WitnessFace.start(witness, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      faces.add(face);
      String name = "w" + i;
      names.add(name);
      policy.append("witness ").append(name).append(' ').append(cosigner.verifier().format());
      policy.append('\n');
      URI address = URI.create("http://127.0.0.1:" + face.address().getPort() + "/");
      clients.put(name, new HttpWitness(http, address));
    }
    policy.append("group all-of-them all ").append(String.join(" ", names)).append('\n');
    policy.append("quorum all-of-them\n");
    this.cosigning =
        new Cosigning(
            WitnessPolicy.parse(policy.toString()),
            clients,
            List.of(log.logKey()),
            log.stores().register(),
            new LogReader(log.stores().log()));
  }

  static Witnesses start(Pipeline log, int count, Path folder, SecureRandom random)
      throws IOException {
    try {
      return new Witnesses(log, count, folder, random);
    } catch (MalformedNote e) {
      throw new IOException("the policy of the measurement is malformed: " + e.getMessage(), e);
    }
  }

  /** Waits until all have signed a checkpoint of at least {@code size}. */
  void await(long size, long waitMs) throws IOException, InterruptedException {
    var unused = cosigning.await(size, waitMs);
  }

  @Override
  public void close() throws IOException {
    cosigning.close();
    faces.forEach(WitnessFace::close);
    for (FileWitnessStore store : stores) {
      store.close();
    }
  }
}
