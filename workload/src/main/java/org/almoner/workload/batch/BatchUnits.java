package org.almoner.workload.batch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;
import org.almoner.protocol.lease.LeaseId;

/**
 * How a batch is cut into units: by a range of numbers, one unit to a file, or one to a row of a
 * table.
 */
public sealed interface BatchUnits permits BatchUnits.Range, BatchUnits.Files, TableUnits {
  /** Most units of one batch: a billion. */
  long UNITS_MAX = LeaseId.UNIT_MAX + 1;

  /** Decimal digits and sign of the longest number an argument can ask for. */
  int NUMBER_CHARS = 17;

  /** Number of units, 1 to {@link #UNITS_MAX}. */
  long count();

  /** What the arguments of unit {@code index} may ask for. */
  Map<String, String> values(long index);

  /** Files of unit {@code index} alone. */
  List<BlobRef> inputs(long index);

  /** Most characters that what {@link #values} offers under {@code name} has, in any unit. */
  default int longest(String name) {
    return NUMBER_CHARS;
  }

  /** The object that {@link #parse} reads. */
  JsonValue.Obj toJson();

  /**
   * Whole numbers in equal stretches, one to a unit; the last stretch may be shorter.
   *
   * <p>Arguments may ask for {@code {first}}, {@code {last}} and {@code {index}}.
   *
   * @param from first number, within +-(2^53 - 1)
   * @param to last number, not below {@code from}
   * @param step numbers to a unit
   */
  record Range(long from, long to, long step) implements BatchUnits {
    /** Refuses an empty range and too many units. */
    public Range {
      if (Math.max(Math.abs(from), Math.abs(to)) > JsonValue.INTEGER_MAX) {
        throw new IllegalArgumentException("a range lies within +-(2^53 - 1)");
      }
      if (from > to) {
        throw new IllegalArgumentException("from " + from + " lies after to " + to);
      }
      if (step < 1 || step > JsonValue.INTEGER_MAX) {
        throw new IllegalArgumentException("step must be 1 to 2^53 - 1, got " + step);
      }
      if ((to - from) / step >= UNITS_MAX) {
        throw new IllegalArgumentException(
            "the range makes more than " + UNITS_MAX + " units; enlarge step " + step);
      }
    }

    @Override
    public long count() {
      return (to - from) / step + 1;
    }

    @Override
    public Map<String, String> values(long index) {
      long first = from + Objects.checkIndex(index, count()) * step;
      long last = to - first < step ? to : first + step - 1;
      return Map.of(
          "first", Long.toString(first),
          "last", Long.toString(last),
          "index", Long.toString(index));
    }

    @Override
    public List<BlobRef> inputs(long index) {
      return List.of();
    }

    @Override
    public JsonValue.Obj toJson() {
      JsonValue.Obj range =
          JsonValue.Obj.of().put("from", from).put("to", to).put("step", step).build();
      return JsonValue.Obj.of().put("range", range).build();
    }
  }

  /**
   * One unit to a file.
   *
   * <p>Arguments may ask for {@code {file}}, the name below {@code /in}, and {@code {index}}.
   *
   * @param files 1 to {@link #FILES_MAX}, no name twice
   */
  record Files(List<BlobRef> files) implements BatchUnits {
    /** Most files of one batch; the signed payload's own limit may be met earlier. */
    public static final int FILES_MAX = 2_000;

    /** Copies the list; refuses none, too many, and a name that stands twice. */
    public Files {
      files = List.copyOf(files);
      if (files.isEmpty() || files.size() > FILES_MAX) {
        throw new IllegalArgumentException(
            "a batch names 1 to " + FILES_MAX + " files; this one names " + files.size());
      }
      Set<String> names = new HashSet<>();
      for (BlobRef file : files) {
        if (!names.add(file.name())) {
          throw new IllegalArgumentException("file " + file.name() + " stands twice");
        }
      }
    }

    @Override
    public long count() {
      return files.size();
    }

    @Override
    public Map<String, String> values(long index) {
      return Map.of("file", file(index).name(), "index", Long.toString(index));
    }

    @Override
    public List<BlobRef> inputs(long index) {
      return List.of(file(index));
    }

    @Override
    public int longest(String name) {
      return name.equals("file") ? BlobRef.NAME_MAX : NUMBER_CHARS;
    }

    @Override
    public JsonValue.Obj toJson() {
      return JsonValue.Obj.of().put("files", files.stream().map(BlobRef::toJson).toList()).build();
    }

    private BlobRef file(long index) {
      return files.get((int) Objects.checkIndex(index, count()));
    }
  }

  /** Reads an object with one of {@code range}, {@code files} and {@code table}. */
  static BatchUnits parse(JsonFields fields) throws MalformedJson {
    BatchUnits units;
    if (fields.has("table")) {
      units = TableUnits.parse(fields.object("table"));
    } else {
      units = fields.has("files") ? parseFiles(fields) : parseRange(fields);
    }
    fields.end();
    return units;
  }

  private static BatchUnits parseFiles(JsonFields fields) throws MalformedJson {
    List<BlobRef> files = new ArrayList<>();
    for (JsonFields file : fields.objects("files", 1, Files.FILES_MAX)) {
      files.add(BlobRef.parse(file));
    }
    try {
      return new Files(files);
    } catch (IllegalArgumentException e) {
      throw fields.at("files", String.valueOf(e.getMessage()));
    }
  }

  private static BatchUnits parseRange(JsonFields fields) throws MalformedJson {
    JsonFields range = fields.object("range");
    long max = JsonValue.INTEGER_MAX;
    long from = range.integer("from", -max, max);
    long to = range.integer("to", -max, max);
    long step = range.integer("step", 1, max);
    range.end();
    try {
      return new Range(from, to, step);
    } catch (IllegalArgumentException e) {
      throw fields.at("range", String.valueOf(e.getMessage()));
    }
  }
}
