package org.almoner.tax.http;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.issue.StatementOpening;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;

/** Issued documents as answers. */
public final class Documents {
  private final ReceiptRegister register;
  private final Covers covers;

  /** Answers from {@code register}; sheets before paper copies are of {@code covers}. */
  public Documents(ReceiptRegister register, Covers covers) {
    this.register = register;
    this.covers = covers;
  }

  JsonValue all() {
    return new JsonValue.Array(
        register.all().stream().filter(Documents::isListed).map(this::withWish).toList());
  }

  /**
   * As operators see it: with what waits for a second one, and the day of which it says otherwise
   * than what was entered later.
   */
  private JsonValue withWish(Registered document) {
    JsonValue.Builder fields = fields(document);
    register
        .wish(document.number())
        .ifPresent(
            wish ->
                fields.put(
                    "wish",
                    JsonValue.Obj.of()
                        .put("act", wish.act().text())
                        .put("reason", wish.reason())
                        .put("by", wish.by())
                        .put("at", wish.at().toString())
                        .build()));
    register.misstates(document.number()).ifPresent(day -> fields.put("misstates", day.toString()));
    return fields.build();
  }

  JsonValue of(DonorId donor) {
    return list(register.of(donor).stream().filter(d -> !isGivenUp(d)).toList());
  }

  /** The donor's documents by the year in which their periods end, the newest first. */
  JsonValue years(DonorId donor) {
    SortedMap<Integer, List<JsonValue>> years = new TreeMap<>(Comparator.reverseOrder());
    for (Registered document : register.of(donor)) {
      if (document.shown() || isErased(document)) {
        years
            .computeIfAbsent(document.to().getYear(), year -> new ArrayList<>())
            .add(json(document));
      }
    }
    List<JsonValue> list = new ArrayList<>();
    years.forEach(
        (year, of) -> list.add(JsonValue.Obj.of().put("year", year).put("documents", of).build()));
    return new JsonValue.Array(list);
  }

  /** Whether the register names the donor, in whatever state. */
  boolean know(DonorId donor) {
    return !register.of(donor).isEmpty();
  }

  /** Numbers of all that was given out or erased, by donor. */
  SortedMap<DonorId, List<String>> numbers() {
    SortedMap<DonorId, List<String>> numbers = new TreeMap<>();
    for (Registered document : register.all()) {
      if (isListed(document)) {
        numbers.computeIfAbsent(document.donor(), d -> new ArrayList<>()).add(document.number());
      }
    }
    return numbers;
  }

  /** Erases the donor's documents; returns them as they are now. */
  JsonValue erase(DonorId donor, boolean keepIssued, LocalDate today) throws IOException {
    return new JsonValue.Array(
        register.erase(donor, keepIssued, today).stream().<JsonValue>map(Documents::json).toList());
  }

  private static boolean isErased(Registered document) {
    return document.state() == Registered.State.KEPT || document.state() == Registered.State.ERASED;
  }

  /** Whether the number was cancelled before it was given out. */
  private static boolean isGivenUp(Registered document) {
    return document.state() == Registered.State.CANCELLED && !document.shown();
  }

  /** Keeps that {@code by} added an operator. */
  void addedOperator(String name, String by, Instant at) throws IOException {
    register.addOperator(name, by, at);
  }

  Response file(String number, String file) throws IOException {
    return give(register.find(number), number, file);
  }

  /** As {@link #file}, for one donor: somebody else's number is not found. */
  Response fileOf(DonorId donor, String number, String file) throws IOException {
    return give(register.find(number).filter(d -> d.donor().equals(donor)), number, file);
  }

  private Response give(Optional<Registered> found, String number, String file) throws IOException {
    Optional<Registered> shown = found.filter(Registered::shown);
    if (shown.isPresent() && file.equals("pdf")) {
      return attached(register.pdf(shown.get()), "application/pdf", name(number) + ".pdf");
    }
    if (shown.isPresent() && file.equals("cover")) {
      return attached(
          covers.of(shown.get(), register.pdf(shown.get())),
          "application/pdf",
          name(number) + "-cover.pdf");
    }
    if (shown.isPresent() && file.equals("csv")) {
      return attached(table(shown.get()), "text/csv", name(number) + ".csv");
    }
    boolean whole = shown.filter(d -> d.state() != Registered.State.KEPT).isPresent();
    if (whole && file.equals("evidence")) {
      return attached(
          register.evidence(shown.get()), "application/zip", name(number) + ".evidence.zip");
    }
    if (whole && file.equals("bundle")) {
      return attached(bundle(shown.get()), "application/zip", name(number) + ".zip");
    }
    if (found.filter(Documents::isErased).isPresent()) {
      return Later.problem(
          410,
          "erased",
          "Erased",
          "the "
              + file
              + " of document "
              + number
              + " was destroyed when its donor was erased; the number stays taken");
    }
    return Later.problem(
        404,
        "document-unknown",
        "No such document",
        "there is no "
            + file
            + " of a document "
            + number
            + " for you; the list of documents names those there are");
  }

  /** Every file of the document in one zip. */
  private byte[] bundle(Registered document) throws IOException {
    String name = name(document.number());
    return Bundle.of(
        List.of(
            new Bundle.File(name + ".pdf", Bytes.of(register.pdf(document))),
            new Bundle.File(name + ".csv", Bytes.of(table(document))),
            new Bundle.File(name + ".evidence.zip", Bytes.of(register.evidence(document)))));
  }

  /** The statement's months as the sealed file itself has them. */
  private byte[] table(Registered document) throws IOException {
    try {
      PdfEvidence evidence = PdfEvidence.read(register.pdf(document));
      return MonthTable.csv(StatementOpening.parse(evidence.statement()).statement());
    } catch (MalformedDocument | MalformedJson e) {
      throw new IOException(document.number() + ": " + e.getMessage(), e);
    }
  }

  private static String name(String number) {
    return number.replace('/', '_');
  }

  private static JsonValue list(List<Registered> documents) {
    return new JsonValue.Array(
        documents.stream().filter(Documents::isListed).map(Documents::json).toList());
  }

  /** Whether the number was given out, whatever became of it. */
  private static boolean isListed(Registered document) {
    return document.shown() || isErased(document) || document.state() == Registered.State.CANCELLED;
  }

  private static JsonValue json(Registered document) {
    return fields(document).build();
  }

  private static JsonValue.Builder fields(Registered document) {
    return JsonValue.Obj.of()
        .put("number", document.number())
        .put("donor", document.donor().toHex())
        .put("from", document.from().toString())
        .put("to", document.to().toString())
        .put("issuedOn", document.issuedOn().toString())
        .put("sha256", document.pdf().toHex())
        .put("state", document.state().name().toLowerCase(Locale.ROOT))
        .put("replaces", document.replaces())
        .put("replacedBy", document.replacedBy())
        .put("reason", document.reason());
  }

  static Response attached(byte[] octets, String type, String name) {
    return Response.ok(octets, type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("Cache-Control", "private, no-store")
        .build();
  }
}
