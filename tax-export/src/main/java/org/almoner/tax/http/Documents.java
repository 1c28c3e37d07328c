package org.almoner.tax.http;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.JsonValue;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;

/** Issued documents as answers. */
public final class Documents {
  private final ReceiptRegister register;

  /** Answers from {@code register}. */
  public Documents(ReceiptRegister register) {
    this.register = register;
  }

  JsonValue all() {
    return list(d -> true);
  }

  JsonValue of(DonorId donor) {
    return list(d -> d.donor().equals(donor));
  }

  /** Whether the register names the donor, in whatever state. */
  boolean know(DonorId donor) {
    return !register.of(donor).isEmpty();
  }

  /** Numbers of all that was given out or erased, by donor. */
  SortedMap<DonorId, List<String>> numbers() {
    SortedMap<DonorId, List<String>> numbers = new TreeMap<>();
    for (Registered document : register.all()) {
      if (document.state() == Registered.State.ISSUED || isErased(document)) {
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
      return attached(register.pdf(shown.get()), "application/pdf", number + ".pdf");
    }
    boolean whole = shown.filter(d -> d.state() == Registered.State.ISSUED).isPresent();
    if (whole && file.equals("evidence")) {
      return attached(register.evidence(shown.get()), "application/zip", number + ".evidence.zip");
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

  private JsonValue list(Predicate<Registered> wanted) {
    List<JsonValue> list =
        register.all().stream()
            .filter(d -> d.state() == Registered.State.ISSUED || isErased(d))
            .filter(wanted)
            .map(Documents::json)
            .toList();
    return new JsonValue.Array(list);
  }

  private static JsonValue json(Registered document) {
    return JsonValue.Obj.of()
        .put("number", document.number())
        .put("donor", document.donor().toHex())
        .put("from", document.from().toString())
        .put("to", document.to().toString())
        .put("issuedOn", document.issuedOn().toString())
        .put("sha256", document.pdf().toHex())
        .put("state", document.state().name().toLowerCase(Locale.ROOT))
        .build();
  }

  private static Response attached(byte[] octets, String type, String name) {
    return Response.ok(octets, type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("Cache-Control", "private, no-store")
        .build();
  }
}
