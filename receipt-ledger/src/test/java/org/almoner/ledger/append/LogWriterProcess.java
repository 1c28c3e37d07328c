package org.almoner.ledger.append;

import java.nio.file.Path;
import java.util.List;
import org.almoner.ledger.tree.NaiveTree;
import org.almoner.protocol.bytes.Bytes;

/** A process of its own that creates a log in a folder, and writes in it until its input ends. */
final class LogWriterProcess {
  static final String ORIGIN = "log.example/2026";

  private LogWriterProcess() {}

  public static void main(String[] arguments) throws Exception {
    Path log = Path.of(arguments[0]);
    Bytes none = Bytes.of(new byte[0]);
    List<WatchedSigner> signers = List.of(new WatchedSigner(ORIGIN, 1));
    CheckpointRegister register =
        new FileCheckpointRegister(
            log.resolve("public/checkpoint"), log.resolve("checkpoint.lock"));
    try (FileLogStore store = FileLogStore.open(log.resolve("public"), log.resolve("private"))) {
      Sequencer.create(ORIGIN, signers, store, register);
      Sequencer sequencer = Sequencer.open(ORIGIN, signers, store, register);
      System.out.println("committed " + sequencer.commit(NaiveTree.entries(3), none).size());
      while (System.in.read() >= 0) {}
      System.out.println("committed " + sequencer.commit(NaiveTree.entries(2), none).size());
    }
  }
}
