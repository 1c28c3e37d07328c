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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
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
  /** So long before a wish both its operators have to have been added. */
  static final Duration OPERATOR_KNOWN_FOR = Duration.ofHours(24);

  private final FrontDoor door;
  private final Issuer issuer;
  private final ReceiptRegister register;
  private final Documents documents;
  private final InstantSource clock;
  private final Later later;

  /**
   * Offers {@code documents} of {@code register}; work runs on {@code executor}, which may wait.
   */
  public DocumentResource(
      FrontDoor door,
      Issuer issuer,
      ReceiptRegister register,
      Documents documents,
      InstantSource clock,
      Executor executor) {
    this.door = door;
    this.issuer = issuer;
    this.register = register;
    this.documents = documents;
    this.clock = clock;
    this.later = new Later(executor);
  }

  /**
   * One of its files: {@code pdf}, {@code evidence}, {@code csv}, {@code bundle}, all three, or
   * {@code cover}, a sheet to lie before a paper copy made today.
   */
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
    Wish wish = new Wish(number, act, reason.strip(), who, clock.instant());
    Optional<Registered> done = issuer.ask(wish);
    if (done.isPresent()) {
      return told(done.get());
    }
    return Response.status(Response.Status.ACCEPTED)
        .entity(CanonicalJson.encode(answer(number, "waits-for-second-operator", "")))
        .type("application/json")
        .build();
  }

  /**
   * Carries out what another operator asked for: {@code act} and {@code reason} as they were asked,
   * and {@code agree}, false to refuse it, which also the operator who asked may.
   */
  @POST
  @Path("/confirmation")
  public void confirm(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("number") String number,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    String who = door.requireSomeOperator(authorization);
    later.answer(waiting, () -> confirmed(number, who, body));
  }

  private Response confirmed(String number, String who, byte[] body) throws Exception {
    JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
    Wish.Act act = fields.parsed("act", Wish.Act::of);
    String reason = fields.text("reason", Registered.REASON_MAX);
    boolean agree = fields.bool("agree");
    fields.end();
    Optional<Wish> wish = register.wish(number);
    if (wish.isEmpty() || wish.get().act() != act || !wish.get().reason().equals(reason.strip())) {
      return Later.problem(
          404,
          "nothing-to-confirm",
          "Nothing to confirm",
          "nobody asked that document "
              + number
              + " be "
              + act.done()
              + " for this reason; the list of documents shows what waits");
    }
    if (!agree) {
      issuer.refuse(wish.get());
      return Later.json(answer(number, "refused", ""));
    }
    Optional<Response> problem = notConfirmedBy(who, wish.get());
    return problem.isPresent() ? problem.get() : told(issuer.confirm(wish.get(), who));
  }

  /** Whoever could add an operator could otherwise be both of them within a minute. */
  private Optional<Response> notConfirmedBy(String who, Wish wish) {
    if (wish.by().equals(who)) {
      return Optional.of(
          Later.problem(
              409,
              "same-operator",
              "A second operator confirms",
              who
                  + " asked for it; another operator has to confirm:"
                  + " 'almoner receipts add-operator' adds one"));
    }
    for (String one : List.of(wish.by(), who)) {
      Optional<Instant> added = register.addedAt(one);
      if (added.filter(at -> at.plus(OPERATOR_KNOWN_FOR).isAfter(wish.at())).isPresent()) {
        return Optional.of(
            Later.problem(
                409,
                "operator-too-new",
                "The operator was added too late",
                one
                    + " was added on "
                    + added.get()
                    + ", less than "
                    + OPERATOR_KNOWN_FOR.toHours()
                    + " hours before "
                    + wish.by()
                    + " asked on "
                    + wish.at()
                    + "; refuse it and ask again once they were there for so long"));
      }
    }
    return Optional.empty();
  }

  private static Response told(Registered document) {
    boolean cancelled = document.state() == Registered.State.CANCELLED;
    return Later.json(
        answer(document.number(), cancelled ? "cancelled" : "replaced", document.replacedBy()));
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
