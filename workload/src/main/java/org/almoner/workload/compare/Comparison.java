package org.almoner.workload.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * When the results of two runs of one unit are the same.
 *
 * @param files those that are not compared octet by octet, in ascending order of their names
 * @param counted whether the instruction counts must be the same too
 */
public record Comparison(List<FileComparison> files, boolean counted) {
  /** Every octet and the count: what holds unless a batch says otherwise. */
  public static final Comparison EXACT = new Comparison(List.of(), true);

  /** Most files, as many as a unit may leave. */
  public static final int FILES_MAX = 64;

  private static final String EXACTLY = "exact";
  private static final String ANY = "any";

  /** Copies the files; refuses a name that stands twice, or out of order. */
  public Comparison {
    files = List.copyOf(files);
    Set<String> names = new HashSet<>();
    String before = "";
    for (FileComparison file : files) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException("file " + file.name() + " stands twice");
      }
      if (file.name().compareTo(before) < 0) {
        throw new IllegalArgumentException("file " + file.name() + " stands out of order");
      }
      before = file.name();
    }
    if (files.isEmpty() && !counted) {
      throw new IllegalArgumentException(
          "the same octets come from the same instructions: leave count out, or compare a file");
    }
  }

  /** Whether there is nothing but octets and counts to compare. */
  public boolean isExact() {
    return files.isEmpty();
  }

  /** Whether two results may be the same that are not in the same class: numbers may differ. */
  public boolean isTolerant() {
    return files.stream().anyMatch(file -> file.form() == Form.NUMBERS);
  }

  /** How that file is compared; empty for octet by octet. */
  public Optional<FileComparison> of(String name) {
    return files.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** Refuses a file that no unit has to leave. */
  public void requireOutputs(List<String> outputs) {
    for (FileComparison file : files) {
      if (!outputs.contains(file.name())) {
        throw new IllegalArgumentException("file " + file.name() + " is none of the outputs");
      }
    }
  }

  /** Reads the field of a batch. */
  public static Comparison parse(JsonFields fields) throws MalformedJson {
    try {
      List<FileComparison> files = new ArrayList<>();
      for (JsonFields file : fields.objects("files", 1, FILES_MAX)) {
        files.add(FileComparison.parse(file));
      }
      String count = fields.text("count", 8);
      if (!count.equals(EXACTLY) && !count.equals(ANY)) {
        throw fields.at("count", "expected exact or any, got " + count);
      }
      fields.end();
      return new Comparison(files, count.equals(EXACTLY));
    } catch (IllegalArgumentException e) {
      throw new MalformedJson("field \"compare\": " + e.getMessage());
    }
  }

  /** The field of a batch; left out there when this is {@link #EXACT}. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("files", files.stream().map(FileComparison::toJson).toList())
        .put("count", counted ? EXACTLY : ANY)
        .build();
  }

  /** For an owner, in one line. */
  @Override
  public String toString() {
    return text(counted ? "the same instruction count" : "any instruction count");
  }

  /** For the owner of a program whose instructions nobody counts. */
  public String withoutCount() {
    return text("no instruction count");
  }

  private String text(String count) {
    return files.isEmpty()
        ? "the same octets, " + count
        : files.stream().map(FileComparison::toString).collect(Collectors.joining(", "))
            + ", other files octet by octet, "
            + count;
  }
}
