package org.almoner.tax.donor;

import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Everything the directory holds of one donor.
 *
 * @param donor how documents address them
 * @param consents none or one
 */
public record DonorRecord(Donor donor, List<Consent> consents) {
  public DonorRecord {
    consents = List.copyOf(consents);
    if (consents.size() > 1) {
      throw new IllegalArgumentException("a donor has one consent at most");
    }
  }

  /** The same of a donor with another pseudonym. */
  public DonorRecord of(DonorId id) {
    return new DonorRecord(
        new Donor(
            id, donor.name(), donor.address(), donor.country(), donor.kind(), donor.language()),
        consents);
  }

  static DonorRecord parse(JsonFields fields) throws MalformedJson {
    Donor donor = Donor.parse(fields.object("donor"));
    List<Consent> consents =
        fields.has("consent") ? List.of(Consent.parse(fields.object("consent"))) : List.of();
    fields.end();
    return new DonorRecord(donor, consents);
  }

  /** One object: {@code donor}, and {@code consent} where there is one. */
  public JsonValue.Obj toJson() {
    JsonValue.Builder out = JsonValue.Obj.of().put("donor", donor.toJson());
    consents.forEach(consent -> out.put("consent", consent.toJson()));
    return out.build();
  }
}
