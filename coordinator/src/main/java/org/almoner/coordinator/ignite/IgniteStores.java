package org.almoner.coordinator.ignite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.almoner.coordinator.Stores;
import org.almoner.ledger.append.DurableFiles;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCache;
import org.apache.ignite.IgniteException;
import org.apache.ignite.Ignition;
import org.apache.ignite.cache.CacheAtomicityMode;
import org.apache.ignite.cache.CacheMode;
import org.apache.ignite.cache.CacheWriteSynchronizationMode;
import org.apache.ignite.cache.affinity.rendezvous.RendezvousAffinityFunction;
import org.apache.ignite.cluster.ClusterState;
import org.apache.ignite.configuration.CacheConfiguration;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.configuration.WALMode;
import org.apache.ignite.failure.StopNodeOrHaltFailureHandler;
import org.apache.ignite.spi.discovery.isolated.IsolatedDiscoverySpi;

/**
 * An embedded Ignite node that is alone, opens no socket and syncs its write-ahead log before it
 * acknowledges.
 *
 * <p>It fails by stopping: after an error of its storage the process halts rather than carry on.
 */
public final class IgniteStores implements AutoCloseable {
  /** Memory for pages, when the operator does not say otherwise. */
  public static final long REGION_BYTES = 256L << 20;

  private static final int WAL_SEGMENT_BYTES = 16 << 20;
  private static final int WAL_SEGMENTS = 4;
  private static final long WAL_ARCHIVE_BYTES = 512L << 20;
  private static final long CHECKPOINT_BUFFER_BYTES = 64L << 20;
  private static final int PARTITIONS = 64;

  /** Where the write-ahead log's segments are born and stay until nothing needs them. */
  private static final String WAL = "db/wal";

  /** Where stores made before had closed segments copied to. */
  private static final String WAL_ARCHIVE = "db/wal/archive";

  /** A cluster of three keeps each row three times; created so from the first day. */
  private static final int BACKUPS = 2;

  private static final int POOL_THREADS = 2;

  private static final String ROWS_AT_START = "rows-at-start";
  private static final String ROWS_ARCHIVED = "rows-archived";
  private static final String ROWS_BY_KEY = "rows-by-key";
  private static final String TILES = "tiles";
  private static final String STAGED = "staged";
  private static final String REGISTER = "register";

  private final Ignite ignite;
  private final Stores stores;
  private final DurableNames files;

  private IgniteStores(Ignite ignite, DurableNames files) {
    this.files = files;
    this.ignite = ignite;
    this.stores =
        new Stores(
            new IgniteRows(
                this.<byte[]>cache(ROWS_AT_START),
                this.<byte[]>cache(ROWS_ARCHIVED),
                this.<byte[]>cache(ROWS_BY_KEY)),
            new IgniteLog(this.<byte[]>cache(TILES), this.<byte[]>cache(STAGED)),
            new IgniteRegister(this.<String>cache(REGISTER)));
  }

  /** Opens the store in {@code folder}, made when missing, with {@link #REGION_BYTES}. */
  public static IgniteStores open(Path folder) throws IOException {
    return open(folder, REGION_BYTES);
  }

  /**
   * Opens the store in {@code folder}, made when missing.
   *
   * @param regionBytes memory for pages; the store on disk may be larger
   * @throws IOException when it cannot be opened, with Ignite's reason
   */
  public static IgniteStores open(Path folder, long regionBytes) throws IOException {
    System.setProperty("IGNITE_UPDATE_NOTIFIER", "false");
    System.setProperty("IGNITE_NO_ASCII", "true");
    System.setProperty("IGNITE_QUIET", "false");
    System.setProperty("IGNITE_NO_SHUTDOWN_HOOK", "true");
    System.setProperty("IGNITE_PERFORMANCE_SUGGESTIONS_DISABLED", "true");
    DurableFiles.createDirectories(folder);
    try {
      DurableNames files = new DurableNames(folder.toAbsolutePath());
      Ignite ignite = Ignition.start(configuration(folder.toAbsolutePath(), files, regionBytes));
      ignite.cluster().state(ClusterState.ACTIVE);
      return new IgniteStores(ignite, files);
    } catch (IgniteException e) {
      throw new IOException("the store in " + folder + " does not open: " + e.getMessage(), e);
    }
  }

  /** The stores for a coordinator. */
  public Stores stores() {
    return stores;
  }

  /** How often a file of the store was synced since it was opened. */
  public long syncs() {
    return files.syncs();
  }

  /** Writes out what is in memory and stops the node. */
  @Override
  public void close() {
    // Not ignite.close(): that cuts short a checkpoint that is being written, and a store closed so
    // just after its start did now and then not open again ("Unknown page IO type").
    Ignition.stop(ignite.name(), false);
  }

  private <V> IgniteCache<String, V> cache(String name) {
    return ignite.cache(name);
  }

  /** Declared before the start: a cache that is asked for while a node activates is refused. */
  private static CacheConfiguration<?, ?>[] caches() {
    return Stream.of(ROWS_AT_START, ROWS_ARCHIVED, ROWS_BY_KEY, TILES, STAGED, REGISTER)
        .map(
            name ->
                new CacheConfiguration<String, Object>(name)
                    .setAtomicityMode(CacheAtomicityMode.ATOMIC)
                    .setCacheMode(CacheMode.PARTITIONED)
                    .setBackups(BACKUPS)
                    .setWriteSynchronizationMode(CacheWriteSynchronizationMode.FULL_SYNC)
                    .setAffinity(new RendezvousAffinityFunction(false, PARTITIONS)))
        .toArray(CacheConfiguration<?, ?>[]::new);
  }

  private static IgniteConfiguration configuration(
      Path folder, DurableNames files, long regionBytes) {
    return new IgniteConfiguration()
        .setIgniteInstanceName("almoner-" + folder)
        .setConsistentId("coordinator")
        .setWorkDirectory(folder.toString())
        .setLocalHost("127.0.0.1")
        .setDiscoverySpi(new IsolatedDiscoverySpi())
        .setCommunicationSpi(new SilentCommunication())
        .setConnectorConfiguration(null)
        .setClientConnectorConfiguration(null)
        .setPeerClassLoadingEnabled(false)
        .setMetricsLogFrequency(0)
        .setGridLogger(new OperatorsLog())
        .setFailureHandler(new StopNodeOrHaltFailureHandler(false, 0))
        .setPluginProviders(new Mending())
        .setSystemThreadPoolSize(POOL_THREADS)
        .setPublicThreadPoolSize(POOL_THREADS)
        .setQueryThreadPoolSize(POOL_THREADS)
        .setManagementThreadPoolSize(1)
        .setDataStreamerThreadPoolSize(1)
        .setRebalanceThreadPoolSize(1)
        .setStripedPoolSize(POOL_THREADS)
        .setCacheConfiguration(caches())
        .setDataStorageConfiguration(storage(folder, files, regionBytes));
  }

  private static DataStorageConfiguration storage(
      Path folder, DurableNames files, long regionBytes) {
    return new DataStorageConfiguration()
        .setFileIOFactory(files)
        .setWalPath(WAL)
        .setWalArchivePath(Files.isDirectory(folder.resolve(WAL_ARCHIVE)) ? WAL_ARCHIVE : WAL)
        .setWalMode(WALMode.FSYNC)
        .setWalSegmentSize(WAL_SEGMENT_BYTES)
        .setWalSegments(WAL_SEGMENTS)
        .setMaxWalArchiveSize(WAL_ARCHIVE_BYTES)
        .setDefaultDataRegionConfiguration(
            new DataRegionConfiguration()
                .setName("default")
                .setPersistenceEnabled(true)
                .setInitialSize(Math.min(regionBytes, 64L << 20))
                .setMaxSize(regionBytes)
                .setCheckpointPageBufferSize(CHECKPOINT_BUFFER_BYTES));
  }
}
