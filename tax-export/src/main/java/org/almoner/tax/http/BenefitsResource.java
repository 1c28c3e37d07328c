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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.donor.Benefit;
import org.almoner.tax.donor.BenefitsBook;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.issue.Issuer;
import org.almoner.tax.register.ReceiptRegister;
import org.jspecify.annotations.Nullable;

/** Paths for the operator: what the charity gave its donors, and until when that is complete. */
@Path("/api/v1/register/benefits")
public final class BenefitsResource {
  private final FrontDoor door;
  private final DonorDirectory donors;
  private final BenefitsBook book;
  private final BenefitsChanges changes;
  private final Issuer issuer;
  private final InstantSource clock;
  private final Later later;

  /**
   * Reads and changes the benefits of {@code donors}; work runs on {@code executor}.
   *
   * @param register where it is kept which documents a change makes wrong
   */
  public BenefitsResource(
      FrontDoor door,
      DonorDirectory donors,
      Issuer issuer,
      ReceiptRegister register,
      InstantSource clock,
      Executor executor) {
    this.door = door;
    this.donors = donors;
    this.book = donors.benefits();
    this.issuer = issuer;
    this.changes = new BenefitsChanges(book, register);
    this.clock = clock;
    this.later = new Later(executor);
  }

  /** Until which day all that was given is entered, as an operator said. */
  @GET
  public void confirmed(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(waiting, () -> Later.json(until()));
  }

  /** An operator says that all given until {@code until} is entered, and nothing else was given. */
  @POST
  public void confirm(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          JsonFields fields = JsonFields.of(JsonParser.parseObject(body));
          LocalDate until = fields.parsed("until", BenefitsResource::day);
          fields.end();
          book.confirm(until, today());
          return Later.json(until());
        });
  }

  private JsonValue until() {
    JsonValue.Builder out = JsonValue.Obj.of();
    book.confirmedUntil().ifPresent(day -> out.put("confirmedUntil", day.toString()));
    return out.build();
  }

  /** What was given to a donor, in order of the days. */
  @GET
  @Path("/{donor}")
  public void list(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("donor") String donor,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(waiting, () -> Later.json(all(DonorId.parseHex(donor))));
  }

  /** Enters something that was given: {@code on}, {@code what}, perhaps {@code estimate}. */
  @POST
  @Path("/{donor}")
  public void add(
      @HeaderParam(HttpHeaders.AUTHORIZATION) @Nullable String authorization,
      @PathParam("donor") String donor,
      byte[] body,
      @Suspended AsyncResponse waiting) {
    door.requireOperator(authorization);
    later.answer(
        waiting,
        () -> {
          DonorId id = DonorId.parseHex(donor);
          if (!donors.has(id)) {
            return NamesResource.unknown(id);
          }
          Benefit benefit = Benefit.parse(JsonFields.of(JsonParser.parseObject(body)));
          return issuer.exclusively(
              () -> Later.json(changed(id, benefit.on(), changes.add(id, benefit, today()))));
        });
  }

  /** Removes what was entered by mistake: {@code place} in the list, from 1. */
  @POST
  @Path("/{donor}/removal")
  public void remove(
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
          int place = fields.smallInteger("place", 1, BenefitsBook.BENEFITS_MAX);
          fields.end();
          return issuer.exclusively(() -> removed(id, place));
        });
  }

  private Response removed(DonorId id, int place) throws IOException {
    Optional<Benefit> there = changes.at(id, place);
    if (there.isEmpty()) {
      return Later.problem(
          404,
          "unknown-benefit",
          "There is no such benefit",
          "donor " + id + " has no benefit " + place + " in the list");
    }
    LocalDate given = there.get().on();
    return Later.json(changed(id, given, changes.remove(id, place, today())));
  }

  /**
   * The list after a change, with a warning when an operator had said that it was complete, and
   * with the numbers of the documents that stand and say otherwise. Nothing is issued meanwhile.
   */
  private JsonValue changed(DonorId id, LocalDate given, List<String> documents)
      throws IOException {
    JsonValue.Builder out = JsonValue.Obj.of().put("benefits", all(id));
    book.late(given).ifPresent(warning -> out.put("warning", warning));
    return out.putTexts("documents", documents).build();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private JsonValue all(DonorId id) throws IOException {
    List<JsonValue> list = book.of(id).stream().<JsonValue>map(Benefit::toJson).toList();
    return new JsonValue.Array(list);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (java.time.DateTimeException e) {
      throw new IllegalArgumentException("expected a day like 2026-12-31, got " + text, e);
    }
  }
}
