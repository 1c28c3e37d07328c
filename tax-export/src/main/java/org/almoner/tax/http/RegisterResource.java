package org.almoner.tax.http;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.issue.IssueReply;
import org.almoner.tax.issue.Issuer;
import org.jspecify.annotations.Nullable;

/** Paths for the operator: donors by name, statements of a year, and every document. */
@Path("/api/v1/register")
public final class RegisterResource {
  private final FrontDoor door;
  private final DonorDirectory donors;
  private final Issuer issuer;
  private final Documents documents;
  private final Later later;

  /** Offers {@code documents}; work runs on {@code executor}, which may wait. */
  public RegisterResource(
      FrontDoor door,
      DonorDirectory donors,
      Issuer issuer,
      Documents documents,
      java.util.concurrent.Executor executor) {
    this.door = door;
    this.donors = donors;
    this.issuer = issuer;
    this.documents = documents;
    this.later = new Later(executor);
  }

  /** Opens an account for a donor by name: {@code name}, {@code address}. */
  @POST
  @Path("/donors")
  public void addDonor(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          String name = fields.text("name", Donor.LINE_MAX);
          List<String> address =
              fields.has("address")
                  ? fields.texts("address", 0, Donor.ADDRESS_LINES_MAX, Donor.LINE_MAX)
                  : List.of();
          fields.end();
          FrontDoor.Opened opened = door.openAccount();
          donors.put(new Donor(opened.donor(), name, address));
          return Later.json(
              JsonValue.Obj.of()
                  .put("donor", opened.donor().toHex())
                  .put("token", opened.token())
                  .build());
        });
  }

  /** Issues what is missing for a year: {@code year}. */
  @POST
  @Path("/statements")
  public void issue(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          int year = fields.smallInteger("year", 2000, 9999);
          fields.end();
          return Later.json(
              new JsonValue.Array(
                  issuer.issue(year).stream().map(RegisterResource::reply).toList()));
        });
  }

  /** All documents that were issued. */
  @GET
  @Path("/documents")
  public void list(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(waiting, () -> Later.json(documents.all()));
  }

  /** One sealed document: {@code file} is {@code pdf} or {@code evidence}. */
  @GET
  @Path("/documents/{number}/{file}")
  public void document(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("number") String number,
      @PathParam("file") String file,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(waiting, () -> documents.file(number, file));
  }

  private static JsonValue reply(IssueReply reply) {
    return JsonValue.Obj.of()
        .put("donor", reply.donor().toHex())
        .put("number", reply.number())
        .put("state", reply.state().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'))
        .put("reason", reply.reason())
        .build();
  }
}
