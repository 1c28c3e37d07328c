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
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.issue.DrawingFailed;
import org.almoner.tax.issue.Issuer;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.almoner.tax.register.Wish;
import org.jspecify.annotations.Nullable;

/**
 * Paths for operators about one document: its files, and its replacement or cancellation, which a
 * second operator confirms where the profile says so.
 */
@Path("/api/v1/register/documents/{number}")
public final class DocumentResource {
  private final FrontDoor door;
  private final Issuer issuer;
  private final ReceiptRegister register;
  private final Documents documents;
  private final InstantSource clock;
  private final Later later;

  /** Offers the documents of {@code register}; work runs on {@code executor}, which may wait. */
  public DocumentResource(
      FrontDoor door,
      Issuer issuer,
      ReceiptRegister register,
      InstantSource clock,
      Executor executor) {
    this.door = door;
    this.issuer = issuer;
    this.register = register;
    this.documents = new Documents(register);
    this.clock = clock;
    this.later = new Later(executor);
  }

  /** One of its files: {@code pdf}, {@code evidence}, {@code csv}, or {@code bundle}, all three. */
  @GET
  @Path("/{file}")
  public void file(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("number") String number,
      @PathParam("file") String file,
      @Suspended AsyncResponse waiting) {
    String unused = door.requireSomeOperator(authorization);
    later.answer(waiting, () -> documents.file(number, file));
  }

  /** Asks that another document stand for it: {@code reason}. */
  @POST
  @Path("/replacement")
  public void replace(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("number") String number,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    String who = door.requireSomeOperator(authorization);
    later.answer(waiting, () -> asked(number, Wish.Act.REPLACE, who, body));
  }

  /** Asks that its number count no more: {@code reason}. */
  @POST
  @Path("/cancellation")
  public void cancel(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("number") String number,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    String who = door.requireSomeOperator(authorization);
    later.answer(waiting, () -> asked(number, Wish.Act.CANCEL, who, body));
  }

  private Response asked(String number, Wish.Act act, String who, byte[] body) throws Exception {
    JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
    String reason = fields.text("reason", Registered.REASON_MAX);
    fields.end();
    Optional<Registered> document = register.find(number);
    if (document.isEmpty()) {
      return unknown(number);
    }
    if (reason.isBlank()) {
      return Later.problem(
          422,
          "reason-missing",
          "A reason is needed",
          "the reason is blank; say why, without a name");
    }
    Wish wish = new Wish(number, act, reason.strip(), who, today());
    boolean second =
        document.get().state() == Registered.State.ISSUED && issuer.fourEyes(document.get());
    register.ask(wish);
    if (second) {
      return Response.status(Response.Status.ACCEPTED)
          .entity(
              org.almoner.protocol.json.CanonicalJson.encode(
                  answer(number, "waits-for-second-operator", "")))
          .type("application/json")
          .build();
    }
    return carriedOut(wish);
  }

  /** Carries out what another operator asked for. */
  @POST
  @Path("/confirmation")
  public void confirm(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("number") String number,
      @Suspended AsyncResponse waiting) {
    String who = door.requireSomeOperator(authorization);
    later.answer(
        waiting,
        () -> {
          Optional<Wish> wish = register.wish(number);
          if (wish.isEmpty()) {
            return Later.problem(
                404,
                "nothing-to-confirm",
                "Nothing to confirm",
                "nobody asked that document " + number + " be replaced or cancelled");
          }
          if (wish.get().by().equals(who)) {
            return Later.problem(
                409,
                "same-operator",
                "A second operator confirms",
                who
                    + " asked for it; another operator has to confirm:"
                    + " 'almoner receipts add-operator' adds one");
          }
          register.confirm(wish.get(), who, today());
          return carriedOut(wish.get());
        });
  }

  /** A wish that cannot be carried out is dropped, so that nobody confirms it later. */
  private Response carriedOut(Wish wish) throws IOException, DrawingFailed {
    try {
      if (wish.act() == Wish.Act.CANCEL) {
        Registered cancelled = issuer.cancel(wish.number(), wish.reason());
        return Later.json(answer(cancelled.number(), "cancelled", ""));
      }
      String by = issuer.replace(wish.number()).number();
      return Later.json(answer(wish.number(), "replaced", by));
    } catch (DrawingFailed e) {
      register.drop(wish, today());
      throw e;
    }
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Response unknown(String number) {
    return Later.problem(
        404,
        "document-unknown",
        "No such document",
        "there is no document " + number + "; the list of documents names those there are");
  }

  private static JsonValue answer(String number, String state, String by) {
    return JsonValue.Obj.of().put("number", number).put("state", state).put("by", by).build();
  }
}
