package org.almoner.workload.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;

/**
 * One unit to a row of a table.
 *
 * <p>Arguments may ask for every column by its name, and for {@code {index}}.
 *
 * @param columns 1 to {@link #COLUMNS_MAX} names, none twice
 * @param rows 1 to {@link #ROWS_MAX}, each with a value for every column, in that order
 */
public record TableUnits(List<String> columns, List<List<String>> rows) implements BatchUnits {
  /** Most columns. */
  public static final int COLUMNS_MAX = 16;

  /** Most rows; the limit of the octets may be met earlier. */
  public static final int ROWS_MAX = 5_000;

  /** Most characters of one value. */
  public static final int VALUE_MAX = 200;

  /** Most octets of the table in its signed form. */
  public static final int OCTETS_MAX = 200_000;

  private static final String COLUMN = "[a-z][a-zA-Z0-9_]{0,31}";

  /** Refuses what {@link #parse} would refuse, in the same words. */
  public TableUnits {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    if (columns.isEmpty() || columns.size() > COLUMNS_MAX) {
      throw new IllegalArgumentException(
          "a table has 1 to " + COLUMNS_MAX + " columns; this one has " + columns.size());
    }
    Set<String> names = new HashSet<>();
    for (String column : columns) {
      requireColumn(column);
      if (!names.add(column)) {
        throw new IllegalArgumentException("column " + column + " stands twice");
      }
    }
    if (rows.isEmpty() || rows.size() > ROWS_MAX) {
      throw new IllegalArgumentException(
          "a table has 1 to "
              + ROWS_MAX
              + " rows; this one has "
              + rows.size()
              + ": make several workloads of them");
    }
    for (int i = 0; i < rows.size(); i++) {
      requireRow(i, rows.get(i), columns.size());
    }
    int octets = CanonicalJson.encode(json(columns, rows)).length;
    if (octets > OCTETS_MAX) {
      throw new IllegalArgumentException(
          "the table has "
              + octets
              + " octets, at most "
              + OCTETS_MAX
              + " are signed: make several workloads of it, or an input that units find by {index}");
    }
  }

  /** Refuses what cannot be the name of a column. */
  public static void requireColumn(String column) {
    if (!column.matches(COLUMN) || column.equals("index")) {
      throw new IllegalArgumentException(
          "column \""
              + column.replaceAll("\\p{Cntrl}", "?")
              + "\" is not named by a small letter and up to 31 letters, digits and _, other than"
              + " index");
    }
  }

  private static void requireRow(int index, List<String> row, int columns) {
    if (row.size() != columns) {
      throw new IllegalArgumentException(
          "row " + index + " has " + row.size() + " values; the table has " + columns + " columns");
    }
    for (String value : row) {
      if (value.length() > VALUE_MAX || value.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "row "
                + index
                + " has a value that is no line of at most "
                + VALUE_MAX
                + " characters: put long values into an input file");
      }
    }
  }

  /** Reads the object under {@code table}. */
  static TableUnits parse(JsonFields table) throws MalformedJson {
    List<String> columns = table.texts("columns", 1, COLUMNS_MAX, 32);
    List<List<String>> rows = new ArrayList<>();
    if (!(table.value("rows") instanceof JsonValue.Array array)) {
      throw table.at("rows", "expected an array");
    }
    for (JsonValue row : array.items()) {
      rows.add(row(table, row));
    }
    table.end();
    try {
      return new TableUnits(columns, rows);
    } catch (IllegalArgumentException e) {
      throw table.at("rows", String.valueOf(e.getMessage()));
    }
  }

  private static List<String> row(JsonFields table, JsonValue row) throws MalformedJson {
    List<String> values = new ArrayList<>();
    if (row instanceof JsonValue.Array array) {
      for (JsonValue value : array.items()) {
        if (!(value instanceof JsonValue.Text text)) {
          throw table.at("rows", "expected text in every row, got " + value.kind());
        }
        values.add(text.value());
      }
      return values;
    }
    throw table.at("rows", "expected arrays, got " + row.kind());
  }

  @Override
  public long count() {
    return rows.size();
  }

  @Override
  public Map<String, String> values(long index) {
    List<String> row = rows.get((int) Objects.checkIndex(index, count()));
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      values.put(columns.get(i), row.get(i));
    }
    values.put("index", Long.toString(index));
    return values;
  }

  @Override
  public List<BlobRef> inputs(long index) {
    return List.of();
  }

  @Override
  public int longest(String name) {
    int column = columns.indexOf(name);
    return column < 0
        ? NUMBER_CHARS
        : rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }

  @Override
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of().put("table", json(columns, rows)).build();
  }

  private static JsonValue.Obj json(List<String> columns, List<List<String>> rows) {
    List<JsonValue.Array> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(new JsonValue.Array(row.stream().<JsonValue>map(JsonValue.Text::new).toList()));
    }
    return JsonValue.Obj.of().putTexts("columns", columns).put("rows", lines).build();
  }
}
