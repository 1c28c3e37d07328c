package org.almoner.workload.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.protocol.lease.BlobRef;

/**
 * How one output file is compared.
 *
 * @param name below {@code /out}
 * @param columns for {@link Form#NUMBERS} one for each column, 1 to {@link #COLUMNS_MAX}; the last
 *     one holds for all columns behind it. Empty for other forms
 */
public record FileComparison(String name, Form form, List<Tolerance> columns) {
  /** Most columns told apart. */
  public static final int COLUMNS_MAX = 64;

  /** Copies the columns; refuses what fits no form. */
  public FileComparison {
    columns = List.copyOf(columns);
    if (form == Form.NUMBERS && (columns.isEmpty() || columns.size() > COLUMNS_MAX)) {
      throw new IllegalArgumentException(
          name + " is compared as numbers: give 1 to " + COLUMNS_MAX + " columns a tolerance");
    }
    if (form != Form.NUMBERS && !columns.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is compared as " + form.word() + ", which has no tolerance: use numbers");
    }
  }

  static FileComparison parse(JsonFields fields) throws MalformedJson {
    String name = fields.text("name", BlobRef.NAME_MAX);
    String word = fields.text("as", 16);
    Form form =
        Form.of(word)
            .orElseThrow(
                () -> fields.at("as", "expected one of " + Form.words() + ", got " + word));
    List<Tolerance> columns = new ArrayList<>();
    if (form == Form.NUMBERS) {
      for (JsonFields column : fields.objects("columns", 1, COLUMNS_MAX)) {
        columns.add(Tolerance.parse(column));
      }
    }
    fields.end();
    return new FileComparison(name, form, columns);
  }

  JsonValue.Obj toJson() {
    JsonValue.Builder out = JsonValue.Obj.of().put("as", form.word()).put("name", name);
    if (form == Form.NUMBERS) {
      out.put("columns", columns.stream().map(Tolerance::toJson).toList());
    }
    return out.build();
  }

  /** For an owner: {@code "energy.csv as numbers (text; 0.001)"}. */
  @Override
  public String toString() {
    String told = columns.stream().map(Tolerance::toString).collect(Collectors.joining("; "));
    return name + " as " + form.word() + (told.isEmpty() ? "" : " (" + told + ")");
  }
}
