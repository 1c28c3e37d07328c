package org.almoner.agent.run.process;

import java.util.ArrayList;
import java.util.List;
import org.almoner.agent.run.snapshot.SnapshotOrder;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.result.BundlePath;

/**
 * What a unit's process is told, as a file.
 *
 * @param args the guest's arguments
 * @param inputs names below {@code /in}; number i is the file {@link ChildFiles#input}
 * @param seed of the guest's random numbers
 * @param diskBytes octets the guest may write
 * @param snapshots how it is put aside, none when it is not
 */
public record ChildTask(
    List<String> args,
    List<BundlePath> inputs,
    Hash seed,
    long diskBytes,
    List<SnapshotOrder> snapshots) {
  private static final int LIST_MAX = 10_000;
  private static final int TEXT_MAX = 65_536;

  public ChildTask {
    args = List.copyOf(args);
    inputs = List.copyOf(inputs);
    snapshots = List.copyOf(snapshots);
  }

  /** Reads what {@link #encode} wrote. */
  public static ChildTask parse(byte[] octets) throws MalformedJson {
    JsonFields fields = JsonFields.of(CanonicalJson.parse(octets));
    ChildTask task =
        new ChildTask(
            fields.texts("args", 0, LIST_MAX, TEXT_MAX),
            fields.texts("inputs", 0, LIST_MAX, TEXT_MAX).stream().map(BundlePath::new).toList(),
            fields.hash("seed"),
            fields.integer("diskBytes", 0, JsonValue.INTEGER_MAX),
            snapshots(fields.objects("snapshots", 0, 1)));
    fields.end();
    return task;
  }

  private static List<SnapshotOrder> snapshots(List<JsonFields> orders) throws MalformedJson {
    List<SnapshotOrder> snapshots = new ArrayList<>();
    for (JsonFields order : orders) {
      snapshots.add(
          new SnapshotOrder(
              order.hash("unit"),
              order.integer("everyMs", 0, JsonValue.INTEGER_MAX),
              order.integer("startMs", 0, JsonValue.INTEGER_MAX)));
      order.end();
    }
    return snapshots;
  }

  private static JsonValue json(SnapshotOrder order) {
    return JsonValue.Obj.of()
        .put("unit", order.unit().toHex())
        .put("everyMs", order.everyMs())
        .put("startMs", order.startMs())
        .build();
  }

  /** The octets of the file. */
  public byte[] encode() {
    return CanonicalJson.encode(
        JsonValue.Obj.of()
            .putTexts("args", args)
            .putTexts("inputs", inputs.stream().map(BundlePath::value).toList())
            .put("seed", seed.toHex())
            .put("diskBytes", diskBytes)
            .put("snapshots", snapshots.stream().map(ChildTask::json).toList())
            .build());
  }
}
