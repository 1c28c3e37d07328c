package org.almoner.trials.faults;

import java.io.IOException;
import java.nio.file.Path;
import org.almoner.coordinator.ignite.IgniteStores;
import org.almoner.ledger.append.CheckpointRegister;
import org.almoner.ledger.append.FileCheckpointRegister;
import org.almoner.ledger.append.FileLogStore;
import org.almoner.ledger.append.LogStore;

/** A log's store and register, open in this process. */
interface Shelf extends AutoCloseable {
  /** Where a log can lie. */
  enum Kind {
    FILES {
      @Override
      Shelf open(Path folder) throws IOException {
        return new OfFiles(folder);
      }
    },
    IGNITE {
      @Override
      Shelf open(Path folder) throws IOException {
        return new OfIgnite(folder);
      }
    };

    abstract Shelf open(Path folder) throws IOException;
  }

  LogStore store();

  CheckpointRegister register();

  @Override
  void close() throws IOException;

  /** Files, as any web server may serve them. */
  final class OfFiles implements Shelf {
    private final FileLogStore store;
    private final CheckpointRegister register;

    OfFiles(Path folder) throws IOException {
      Path served = folder.resolve("public");
      Path own = folder.resolve("private");
      store = FileLogStore.open(served, own);
      register = new FileCheckpointRegister(served.resolve("checkpoint"), own.resolve("lock"));
    }

    @Override
    public LogStore store() {
      return store;
    }

    @Override
    public CheckpointRegister register() {
      return register;
    }

    @Override
    public void close() throws IOException {
      store.close();
    }
  }

  /** The coordinator's store. */
  final class OfIgnite implements Shelf {
    private static final long REGION_BYTES = 64L << 20;

    private final IgniteStores ignite;

    OfIgnite(Path folder) throws IOException {
      ignite = IgniteStores.open(folder, REGION_BYTES);
    }

    @Override
    public LogStore store() {
      return ignite.stores().log();
    }

    @Override
    public CheckpointRegister register() {
      return ignite.stores().register();
    }

    @Override
    public void close() {
      ignite.close();
    }
  }
}
