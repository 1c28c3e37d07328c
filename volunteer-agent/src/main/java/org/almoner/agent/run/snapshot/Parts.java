package org.almoner.agent.run.snapshot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.almoner.agent.run.Task;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.result.BundlePath;
import org.almoner.workload.wasm.Admitted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Units in several parts, as the agent sees them: what each is told, and what it goes on from. */
public final class Parts {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private Parts() {}

  /** The order for a task whose module can be put aside. */
  public static SnapshotOrder order(Task task, Admitted module, Hash seed, long startMs)
      throws IOException {
    StringBuilder text =
        new StringBuilder(SnapshotHeader.FIRST_LINE)
            .append(module.meterVersion())
            .append('\n')
            .append(module.original().toHex())
            .append('\n')
            .append(seed.toHex())
            .append('\n')
            .append(task.allotment().memoryBytes())
            .append('\n')
            .append(task.allotment().diskBytes())
            .append('\n');
    for (Map.Entry<BundlePath, Path> input : new TreeMap<>(task.inputs()).entrySet()) {
      text.append(digest(input.getValue()).toHex())
          .append(' ')
          .append(input.getKey().value())
          .append('\n');
    }
    Hash unit = Hash.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    return new SnapshotOrder(unit, task.snapshotMs(), startMs);
  }

  private static Hash digest(Path file) throws IOException {
    var digest = Hash.newDigest();
    try (var in = Files.newInputStream(file)) {
      byte[] chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
    return Hash.of(digest.digest());
  }

  /**
   * What the parts before took. A file {@link Task#resume} that is not of this unit, or torn, is
   * removed: the unit begins again.
   */
  public static Earlier earlier(SnapshotOrder order, Task task) throws IOException {
    Path file = task.resume();
    if (!Files.exists(file)) {
      return Earlier.none(order.startMs());
    }
    try {
      long octetsMax =
          SnapshotHeader.octetsMax(task.allotment().memoryBytes(), task.allotment().diskBytes());
      SnapshotHeader header = SnapshotHeader.check(file, octetsMax);
      if (header.unit().equals(order.unit())) {
        return header.taken().within(task.notBeforeMs(), order.startMs(), task.allotment().cores());
      }
      LOG.warn("a snapshot is of another unit: this one begins again");
    } catch (MalformedSnapshot e) {
      LOG.warn("a snapshot cannot be used: {}; its unit begins again", e.getMessage());
    }
    Files.delete(file);
    return Earlier.none(order.startMs());
  }
}
