package org.almoner.coordinator.ignite;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.almoner.ledger.append.DurableFiles;
import org.apache.ignite.internal.processors.cache.persistence.file.FileIO;
import org.apache.ignite.internal.processors.cache.persistence.file.FileIODecorator;
import org.apache.ignite.internal.processors.cache.persistence.file.FileIOFactory;
import org.apache.ignite.internal.processors.cache.persistence.file.RandomAccessFileIOFactory;

/**
 * Ignite's files, with names as durable as what is in them.
 *
 * <p>Ignite syncs its files and never a directory. A file's first sync here covers its name too.
 * And a file that is written under a name for the time being and then renamed, as the marker that
 * says that pages are about to be overwritten, has its new name made durable before anything else
 * is written: a power cut that left the pages half written and the marker lost would leave a store
 * that does not open.
 */
final class DurableNames implements FileIOFactory {
  private static final long serialVersionUID = 1L;
  private static final String UNFINISHED = ".tmp";

  /** Not the asynchronous kind, which hands every page that is written to a thread of its own. */
  private final FileIOFactory files = new RandomAccessFileIOFactory();

  /** The store's folder: what is above it is the operator's. Text, since a path is no value. */
  private final String folder;

  /** Files that were synced once, and directories with them. */
  private final Set<String> named = ConcurrentHashMap.newKeySet();

  /** Files under a name for the time being whose new names no sync covers yet. */
  private final Set<String> unfinished = ConcurrentHashMap.newKeySet();

  private final LongAdder syncs = new LongAdder();

  DurableNames(Path folder) {
    this.folder = folder.toString();
  }

  /** How many syncs of files there were. */
  long syncs() {
    return syncs.sum();
  }

  @Override
  public FileIO create(File file, OpenOption... options) throws IOException {
    FileIO opened = files.create(file, options);
    String path = file.getAbsolutePath();
    if (path.endsWith(UNFINISHED)) {
      unfinished.add(path);
    }
    return new Named(opened, path);
  }

  /** Before anything is written: what was renamed keeps its new name. */
  private void finishRenames() throws IOException {
    if (unfinished.isEmpty()) {
      return;
    }
    for (String path : List.copyOf(unfinished)) {
      Path file = Path.of(path);
      if (!Files.exists(file)) {
        DurableFiles.forceNames(List.of(file.resolveSibling(".")));
        unfinished.remove(path);
      }
    }
  }

  /** Syncs the directories above a file, the first time that the file is synced. */
  private void coverName(String path) throws IOException {
    if (!path.startsWith(folder + File.separator) || !named.add(path)) {
      return;
    }
    try {
      Path directory = Path.of(path).resolveSibling(".").normalize();
      DurableFiles.forceNames(List.of(directory));
      coverName(directory.toString());
    } catch (IOException e) {
      named.remove(path);
      throw e;
    }
  }

  private final class Named extends FileIODecorator {
    private final String path;

    Named(FileIO opened, String path) {
      super(opened);
      this.path = path;
    }

    @Override
    public int write(ByteBuffer octets) throws IOException {
      finishRenames();
      return super.write(octets);
    }

    @Override
    public int write(ByteBuffer octets, long position) throws IOException {
      finishRenames();
      return super.write(octets, position);
    }

    @Override
    public int write(byte[] octets, int offset, int length) throws IOException {
      finishRenames();
      return super.write(octets, offset, length);
    }

    @Override
    public void force() throws IOException {
      super.force();
      syncs.increment();
      coverName(path);
    }

    @Override
    public void force(boolean withMetadata) throws IOException {
      super.force(withMetadata);
      syncs.increment();
      coverName(path);
    }
  }
}
