package org.almoner.tax.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.donor.Benefit;
import org.almoner.tax.donor.Consent;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.donor.DonorRecord;
import org.almoner.tax.jurisdiction.DonorKind;
import org.jspecify.annotations.Nullable;

/** Paths for the operator: everything the directory holds of a donor, and to change it. */
@Path("/api/v1/register/names/{donor}")
public final class NamesResource {
  private final FrontDoor door;
  private final DonorDirectory donors;
  private final Later later;

  /** Reads and changes {@code donors}; work runs on {@code executor}, which may wait. */
  public NamesResource(FrontDoor door, DonorDirectory donors, Executor executor) {
    this.door = door;
    this.donors = donors;
    this.later = new Later(executor);
  }

  /** Name, address, kind, language, consent and benefits: what the donor may ask to see. */
  @GET
  public void show(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("donor") String donor,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          DonorId id = DonorId.parseHex(donor);
          Optional<DonorRecord> record = donors.record(id);
          if (record.isEmpty()) {
            return unknown(id);
          }
          List<JsonValue> benefits =
              donors.benefits().of(id).stream().<JsonValue>map(Benefit::toJson).toList();
          JsonValue.Builder out = JsonValue.Obj.of();
          record.get().toJson().fields().forEach(out::put);
          return Later.json(out.put("benefits", benefits).build());
        });
  }

  /**
   * Changes what is said: {@code name}, {@code address}, {@code country}, {@code kind}, {@code
   * language}, {@code consent}. What is left out stays.
   */
  @POST
  public void change(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("donor") String donor,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          DonorId id = DonorId.parseHex(donor);
          Optional<DonorRecord> record = donors.record(id);
          if (record.isEmpty()) {
            return unknown(id);
          }
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          DonorRecord changed = changed(record.get(), fields);
          fields.end();
          donors.put(changed);
          return Later.json(changed.toJson());
        });
  }

  /**
   * A donor as said, with what was known before where nothing is said.
   *
   * @throws IllegalArgumentException also when the address is none of its country's
   */
  static DonorRecord changed(DonorRecord before, JsonFields fields) throws MalformedJson {
    Donor known = before.donor();
    List<String> address =
        fields.has("address")
            ? fields.texts("address", 0, Donor.ADDRESS_LINES_MAX, Donor.LINE_MAX)
            : known.address();
    DonorKind kind = fields.has("kind") ? fields.parsed("kind", Donor::kind) : known.kind();
    Donor donor =
        new Donor(
            known.id(),
            text(fields, "name", known.name()),
            address,
            text(fields, "country", known.country()),
            kind,
            text(fields, "language", known.language()));
    Optional<String> objection = donor.addressObjection();
    if (objection.isPresent()) {
      throw new IllegalArgumentException(objection.get());
    }
    List<Consent> consents =
        fields.has("consent")
            ? List.of(Consent.parse(fields.object("consent")))
            : before.consents();
    return new DonorRecord(donor, consents);
  }

  private static String text(JsonFields fields, String name, String before) throws MalformedJson {
    return fields.has(name) ? fields.freeText(name, Donor.LINE_MAX) : before;
  }

  static Response unknown(DonorId id) {
    return Later.problem(
        404,
        "unknown-donor",
        "Unknown donor",
        "no name is known of " + id + "; 'almoner donors list' shows all there are");
  }
}
