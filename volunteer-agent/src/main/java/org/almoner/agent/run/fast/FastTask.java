package org.almoner.agent.run.fast;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.almoner.agent.run.process.ChildTask;
import org.almoner.agent.run.snapshot.SnapshotOrder;
import org.almoner.protocol.result.BundlePath;

/** What the process of a unit is told, as {@code host/task.h} describes the file. */
final class FastTask {
  private static final String FIRST_LINE = "almoner-fast-task/1\n";

  private FastTask() {}

  /**
   * The octets of the file.
   *
   * @param pages most memory the guest may have, in pages of 64 KiB
   */
  static byte[] encode(ChildTask task, int pages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ascii(
        out,
        FIRST_LINE
            + ("seed " + task.seed().toHex() + "\n")
            + ("pages " + pages + "\n")
            + ("disk " + task.diskBytes() + "\n"));
    ascii(out, "snapshots " + task.snapshots().size() + "\n");
    for (SnapshotOrder order : task.snapshots()) {
      ascii(
          out,
          ("unit " + order.unit().toHex() + "\n")
              + ("every " + order.everyMs() + "\n")
              + ("start " + order.startMs() + "\n"));
    }
    texts(out, "arguments", task.args());
    texts(out, "inputs", task.inputs().stream().map(BundlePath::value).toList());
    return out.toByteArray();
  }

  private static void texts(ByteArrayOutputStream out, String name, List<String> texts) {
    ascii(out, name + " " + texts.size() + "\n");
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      ascii(out, utf8.length + ":");
      out.writeBytes(utf8);
      ascii(out, "\n");
    }
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
