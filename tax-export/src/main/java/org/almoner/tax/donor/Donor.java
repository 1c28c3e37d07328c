package org.almoner.tax.donor;

import java.text.Normalizer;
import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The person or body behind a pseudonym, as documents address them.
 *
 * @param name as it is to be printed, 1 to {@link #LINE_MAX} characters
 * @param address 0 to {@link #ADDRESS_LINES_MAX} lines
 */
public record Donor(DonorId id, String name, List<String> address) {
  /** Longest name or address line, in characters. */
  public static final int LINE_MAX = 120;

  /** Most lines of an address. */
  public static final int ADDRESS_LINES_MAX = 6;

  /** Composes accents (NFC), so that printed letters are whole, and refuses what cannot print. */
  public Donor {
    name = line("name", name);
    address = address.stream().map(each -> line("address line", each)).toList();
    if (address.size() > ADDRESS_LINES_MAX) {
      throw new IllegalArgumentException(
          "an address has at most " + ADDRESS_LINES_MAX + " lines; this has " + address.size());
    }
  }

  /** Reads the object that {@link #toJson} writes. */
  public static Donor parse(JsonFields fields) throws MalformedJson {
    DonorId id = fields.parsed("donor", DonorId::parseHex);
    String name = fields.text("name", LINE_MAX);
    List<String> address = fields.texts("address", 0, ADDRESS_LINES_MAX, LINE_MAX);
    fields.end();
    try {
      return new Donor(id, name, address);
    } catch (IllegalArgumentException e) {
      throw fields.at("name", String.valueOf(e.getMessage()));
    }
  }

  /** One object. */
  public JsonValue.Obj toJson() {
    return JsonValue.Obj.of()
        .put("donor", id.toHex())
        .put("name", name)
        .putTexts("address", address)
        .build();
  }

  private static String line(String what, String raw) {
    String composed = Normalizer.normalize(raw.strip(), Normalizer.Form.NFC);
    if (composed.isEmpty() || composed.length() > LINE_MAX) {
      throw new IllegalArgumentException(
          "a donor's "
              + what
              + " has 1 to "
              + LINE_MAX
              + " characters; this has "
              + composed.length());
    }
    if (composed.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a donor's " + what + " contains a control character");
    }
    return composed;
  }
}
