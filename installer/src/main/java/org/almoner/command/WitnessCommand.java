package org.almoner.command;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.almoner.coordinator.keys.SeedFile;
import org.almoner.ledger.http.WitnessFace;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.Cosigner;
import org.almoner.ledger.witness.FileWitnessStore;
import org.almoner.ledger.witness.Witness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a witness. */
@Command(
    name = "witness",
    mixinStandardHelpOptions = true,
    description = {
      "For anyone: watches a public log, and signs its checkpoints only when each contains all",
      "that it signed before. A witness is worth something when somebody else than the log's",
      "operator runs it.",
    })
final class WitnessCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Where the witness keeps its key and the last checkpoint it signed.")
  private Path data = Path.of(".");

  @Option(
      names = "--log",
      required = true,
      paramLabel = "VKEY",
      description =
          "A log's verifier key, 'logKey' at /api/v1/origin; repeat for more logs, and for the next "
              + "key of a log that passes from one to another.")
  private List<String> logs = new ArrayList<>();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:7431",
      description = "Where to listen (default: ${DEFAULT-VALUE}); port 0 takes a free one.")
  private String listen = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "witness.localhost",
      description = "Name before its signatures, such as witness.example.org.")
  private String name = "";

  @Option(names = "--stop-with-stdin", hidden = true)
  private boolean stopWithStdin;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<VerifierKey> known = keys();
    InetSocketAddress where = HostPort.parse(listen, "127.0.0.1:7431");
    StopSignal signal = StopSignal.listen(stopWithStdin);
    try (FileWitnessStore store = new FileWitnessStore(data)) {
      Cosigner cosigner = cosigner();
      Witness witness = new Witness(cosigner, known, store, Clock.systemUTC());
      try (WitnessFace face = WitnessFace.start(witness, where)) {
        System.out.println(
            Software.title()
                + " witness listens on "
                + face.address().getHostString()
                + ":"
                + face.address().getPort());
        System.out.println("key         " + cosigner.verifier().format());
        signal.await();
        System.out.println("Stopping");
      }
    } catch (BindException e) {
      throw Failure.failed(
          "nothing can listen on " + listen + ": " + e.getMessage() + "; choose another --listen");
    } catch (IllegalArgumentException e) {
      throw Failure.wrongUse(String.valueOf(e.getMessage()));
    } finally {
      signal.done();
    }
    return 0;
  }

  private Cosigner cosigner() throws IOException {
    return new Cosigner(
        name, SeedFile.openOrCreate(data.resolve("witness.seed"), new SecureRandom()));
  }

  private List<VerifierKey> keys() {
    List<VerifierKey> keys = new ArrayList<>();
    for (String log : logs) {
      try {
        keys.add(VerifierKey.parse(log));
      } catch (MalformedNote e) {
        throw Failure.wrongUse("--log: " + e.getMessage());
      }
    }
    return keys;
  }
}
