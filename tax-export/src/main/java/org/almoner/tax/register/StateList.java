package org.almoner.tax.register;

import java.util.ArrayList;
import java.util.List;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The public list of documents that count no more: each opens an entry of the log, so that nobody
 * can put one on the list, or change what it says, without a trace. Names nobody.
 *
 * @param origin name of the log
 * @param changes in order of the log
 */
public record StateList(String origin, List<Change> changes) {
  /** Most changes in one list. */
  public static final int CHANGES_MAX = 100_000;

  /** Longest list, in octets. */
  public static final int BYTES_MAX = 64 << 20;

  /** Copies the list. */
  public StateList {
    changes = List.copyOf(changes);
  }

  /** One document that was replaced or cancelled, and where the log says so. */
  public record Change(LogPlace place, ReceiptRecord record) {}

  /** What {@code register} says of the log {@code origin}. */
  public static StateList of(String origin, ReceiptRegister register) {
    List<Change> changes = new ArrayList<>();
    register.forEach(
        document -> {
          if (document.change().isLogged()) {
            changes.add(
                new Change(
                    document.change(),
                    document.replacedBy().isEmpty()
                        ? ReceiptRecord.cancelled(document)
                        : ReceiptRecord.replaced(document, document.replacedBy())));
          }
        });
    changes.sort(java.util.Comparator.comparingLong(change -> change.place().leaf()));
    return new StateList(origin, changes);
  }

  /** Reads the octets that {@link #octets} writes. */
  public static StateList parse(Bytes octets) throws MalformedJson {
    if (octets.size() > BYTES_MAX) {
      throw new MalformedJson("the list has more than " + BYTES_MAX + " octets");
    }
    JsonFields fields = JsonFields.of(CanonicalJson.parse(octets.toArray()));
    List<Change> changes = new ArrayList<>();
    for (JsonFields change : fields.objects("changes", 0, CHANGES_MAX)) {
      changes.add(
          new Change(
              new LogPlace(change.integer("leaf", 0, JsonValue.INTEGER_MAX), change.hash("salt")),
              ReceiptRecord.parse(change.object("record"))));
      change.end();
    }
    StateList list = new StateList(fields.text("origin", 100), changes);
    fields.end();
    return list;
  }

  /** Canonical JSON: {@code changes} of {@code leaf}, {@code salt} and {@code record}; origin. */
  public Bytes octets() {
    List<JsonValue> list = new ArrayList<>();
    for (Change change : changes) {
      list.add(
          JsonValue.Obj.of()
              .put("leaf", change.place().leaf())
              .put("salt", change.place().salt().toHex())
              .put("record", change.record().toJson())
              .build());
    }
    return CanonicalJson.bytes(
        JsonValue.Obj.of().put("changes", list).put("origin", origin).build());
  }
}
