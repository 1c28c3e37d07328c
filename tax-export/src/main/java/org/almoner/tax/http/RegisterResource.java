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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.donor.DonorRecord;
import org.almoner.tax.issue.IssueReply;
import org.almoner.tax.issue.Issuer;
import org.almoner.tax.receipt.PageMark;
import org.jspecify.annotations.Nullable;

/** Paths for the operator: donors by name, statements of a year, and every document. */
@Path("/api/v1/register")
public final class RegisterResource {
  /** Longest reason of an erasure, in characters. */
  static final int REASON_MAX = 200;

  /** Longest name of an operator, in characters. */
  static final int NAME_MAX = 60;

  /** The first year that can be asked for. */
  static final int YEAR_MIN = 2000;

  /** The last year that can be asked for. */
  static final int YEAR_MAX = 9999;

  /** Stands in until the account is opened. */
  private static final DonorId NOBODY = new DonorId(Bytes.of(new byte[DonorId.SIZE]));

  private final FrontDoor door;
  private final DonorDirectory donors;
  private final Issuer issuer;
  private final Documents documents;
  private final InstantSource clock;
  private final Later later;

  /** Offers {@code documents}; work runs on {@code executor}, which may wait. */
  public RegisterResource(
      FrontDoor door,
      DonorDirectory donors,
      Issuer issuer,
      Documents documents,
      InstantSource clock,
      java.util.concurrent.Executor executor) {
    this.door = door;
    this.donors = donors;
    this.issuer = issuer;
    this.documents = documents;
    this.clock = clock;
    this.later = new Later(executor);
  }

  /**
   * Opens an account for a donor by name: {@code name}, and what {@link NamesResource#change}
   * takes.
   */
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
          DonorRecord said =
              NamesResource.changed(
                  new DonorRecord(
                      Donor.named(NOBODY, fields.text("name", Donor.LINE_MAX), List.of()),
                      List.of()),
                  fields);
          fields.end();
          FrontDoor.Opened opened = door.openAccount();
          donors.put(said.of(opened.donor()));
          return Later.json(
              JsonValue.Obj.of()
                  .put("donor", opened.donor().toHex())
                  .put("token", opened.token())
                  .build());
        });
  }

  /** All donors, by account, name or document. */
  @GET
  @Path("/donors")
  public void donors(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(waiting, () -> Later.json(everybody()));
  }

  private JsonValue everybody() throws IOException {
    SortedMap<DonorId, Integer> accounts = door.accounts();
    SortedMap<DonorId, List<String>> numbers = documents.numbers();
    SortedSet<DonorId> all = new TreeSet<>(accounts.keySet());
    all.addAll(donors.all());
    all.addAll(numbers.keySet());
    List<JsonValue> list = new ArrayList<>();
    for (DonorId id : all) {
      list.add(
          JsonValue.Obj.of()
              .put("donor", id.toHex())
              .put("account", accounts.containsKey(id))
              .put("name", donors.find(id).map(Donor::name).orElse(""))
              .put("computers", accounts.getOrDefault(id, 0))
              .putTexts("documents", numbers.getOrDefault(id, List.of()))
              .build());
    }
    return new JsonValue.Array(list);
  }

  /** What there is of a donor, before it is erased. */
  @GET
  @Path("/donors/{donor}")
  public void donor(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("donor") String donor,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          DonorId id = DonorId.parseHex(donor);
          boolean account = door.knows(id);
          if (!account && !isKnownHere(id)) {
            return unknown(id);
          }
          FrontDoor.Held held =
              account ? door.held(id) : new FrontDoor.Held(0, 0, donors.isBuried(id));
          return Later.json(
              JsonValue.Obj.of()
                  .put("donor", donor)
                  .put("account", account)
                  .put("name", donors.find(id).map(Donor::name).orElse(""))
                  .put("lines", held.lines())
                  .put("computers", held.computers())
                  .put("documents", documents.of(id))
                  .put("erased", held.erased())
                  .build());
        });
  }

  /**
   * Erases a donor: {@code reason}, and {@code documents} is {@code keep} or {@code destroy}. Every
   * step may be done again, so that the same request finishes what a crash cut short.
   */
  @POST
  @Path("/donors/{donor}/erasure")
  public void erase(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("donor") String donor,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          DonorId id = DonorId.parseHex(donor);
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          String reason = fields.text("reason", REASON_MAX);
          boolean keep = fields.parsed("documents", RegisterResource::isKeep);
          fields.end();
          if (reason.isBlank()) {
            return Later.problem(
                422,
                "erasure-reason",
                "A reason is needed",
                "the reason is blank; say in a few words who asked, without a name");
          }
          // A run may be at work: it has written the donor's document, or it finds nobody.
          return issuer.exclusively(() -> erased(id, reason, keep));
        });
  }

  private Response erased(DonorId id, String reason, boolean keep) throws IOException {
    if (door.knows(id)) {
      door.erase(id, reason, keep);
    } else if (isKnownHere(id)) {
      donors.bury(id, reason, today());
    } else {
      return unknown(id);
    }
    JsonValue left = documents.erase(id, keep, today());
    donors.erase(id);
    return Later.json(JsonValue.Obj.of().put("donor", id.toHex()).put("documents", left).build());
  }

  /**
   * Whether something here is about the donor though no account is: it came from a log that was
   * closed.
   */
  private boolean isKnownHere(DonorId id) {
    return donors.has(id) || donors.isBuried(id) || documents.know(id);
  }

  private static Response unknown(DonorId id) {
    return Later.problem(
        404,
        "unknown-donor",
        "Unknown donor",
        "no account, no name and no document is of "
            + id
            + "; 'almoner donors list' shows all there are");
  }

  private static boolean isKeep(String documents) {
    return switch (documents) {
      case "keep" -> true;
      case "destroy" -> false;
      default -> throw new IllegalArgumentException("expected keep or destroy, got " + documents);
    };
  }

  /** Lines whose openings were destroyed with their donors, for an auditor. */
  @GET
  @Path("/erased")
  public void erased(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(waiting, () -> Later.json(door.erasedLeaves().toJson()));
  }

  /** Issues what is missing for a year: {@code year}, and {@code donor} for one donor alone. */
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
          int year = fields.smallInteger("year", YEAR_MIN, YEAR_MAX);
          List<DonorId> to =
              fields.has("donor") ? List.of(fields.parsed("donor", DonorId::parseHex)) : List.of();
          fields.end();
          List<IssueReply> issued = to.isEmpty() ? issuer.issue(year) : issuer.issue(year, to);
          return Later.json(
              new JsonValue.Array(issued.stream().map(RegisterResource::reply).toList()));
        });
  }

  /** All documents that were issued. */
  @GET
  @Path("/documents")
  public void list(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    String unused = door.requireSomeOperator(authorization);
    later.answer(waiting, () -> Later.json(documents.all()));
  }

  /** What a donor's document of a year would look like: {@code year}, {@code donor}; a PDF. */
  @POST
  @Path("/previews")
  public void preview(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    String unused = door.requireSomeOperator(authorization);
    later.answer(
        waiting,
        () -> {
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          int year = fields.smallInteger("year", YEAR_MIN, YEAR_MAX);
          DonorId donor = fields.parsed("donor", DonorId::parseHex);
          fields.end();
          return Documents.attached(
              issuer.preview(donor, year, PageMark.SPECIMEN).toArray(),
              "application/pdf",
              "preview-" + year + ".pdf");
        });
  }

  /** Closes a year: from then on documents of it are replaced, never issued for the first time. */
  @POST
  @Path("/closings")
  public void close(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          int year = fields.smallInteger("year", YEAR_MIN, YEAR_MAX);
          fields.end();
          List<String> cancelled = issuer.close(year);
          return Later.json(
              JsonValue.Obj.of().put("year", year).putTexts("cancelled", cancelled).build());
        });
  }

  /**
   * Adds another operator, who may look, ask and confirm: {@code name}. The token is told only once
   * the register says who was added, and when.
   */
  @POST
  @Path("/operators")
  public void addOperator(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          String name = fields.text("name", NAME_MAX);
          fields.end();
          String token = door.addOperator(name);
          documents.addedOperator(name, FrontDoor.FIRST_OPERATOR, clock.instant());
          return Later.json(JsonValue.Obj.of().put("name", name).put("token", token).build());
        });
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static JsonValue reply(IssueReply reply) {
    return JsonValue.Obj.of()
        .put("donor", reply.donor().toHex())
        .put("number", reply.number())
        .put("state", reply.state().text())
        .put("reason", reply.sentence())
        .build();
  }
}
