package org.almoner.tax.register;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * The register of documents: numbers in sequence, events only added, sealed files kept as sealed.
 *
 * <pre>
 *   RESERVED --sealed file stored--> SEALED --logged--> ISSUED --donor erased--> KEPT | ERASED
 * </pre>
 *
 * <p>After a crash a reserved number is used again by the same donor and period, and a stored file
 * is issued as it is: nothing is ever sealed twice under one number. One donor never has two
 * documents whose periods share a day. Every method is called by one thread at a time.
 */
public final class ReceiptRegister {
  private static final String EVENTS = "register.jsonl";
  private static final String EVIDENCE = ".evidence.zip";
  private static final String PDF = ".pdf";

  private final Path folder;
  private final EventFile events;
  private final Map<String, Registered> documents = new LinkedHashMap<>();

  private ReceiptRegister(Path folder) {
    this.folder = folder;
    this.events = new EventFile(folder.resolve(EVENTS), EventFile.DISK);
  }

  /**
   * Opens the register in {@code folder}, made when it is missing.
   *
   * @throws IOException also when an event is damaged, naming its line; a last line that was cut
   *     off by a crash was never acknowledged and is dropped
   */
  public static ReceiptRegister open(Path folder) throws IOException {
    DurableFile.privateFolder(folder);
    ReceiptRegister register = new ReceiptRegister(folder);
    register.replay();
    register.destroyAgain();
    return register;
  }

  /** All documents in order of their numbers. */
  public synchronized List<Registered> all() {
    return List.copyOf(documents.values());
  }

  /** One document. */
  public synchronized Optional<Registered> find(String number) {
    return Optional.ofNullable(documents.get(number));
  }

  /** The donor's document whose period shares a day with {@code from} to {@code to}. */
  public synchronized Optional<Registered> overlapping(
      DonorId donor, LocalDate from, LocalDate to) {
    return documents.values().stream()
        .filter(d -> d.donor().equals(donor) && d.overlaps(from, to))
        .findFirst();
  }

  /** Takes the next number of the year of {@code to}. */
  public synchronized Registered reserve(
      DonorId donor, LocalDate from, LocalDate to, LocalDate today) throws IOException {
    if (overlapping(donor, from, to).isPresent()) {
      throw new IllegalStateException("donor " + donor + " already has a document in this period");
    }
    String year = Integer.toString(to.getYear());
    long taken = documents.keySet().stream().filter(n -> n.startsWith(year + "-")).count();
    String number = String.format(Locale.ROOT, "%s-%06d", year, taken + 1);
    Registered reserved =
        new Registered(number, donor, from, to, Registered.State.RESERVED, Hash.ZERO, today);
    record(reserved);
    return reserved;
  }

  /** Stores the sealed file and its evidence durably, then says so. */
  public synchronized Registered store(Registered document, byte[] pdf, byte[] evidence)
      throws IOException {
    DurableFile.write(file(document.number(), EVIDENCE), evidence);
    DurableFile.write(file(document.number(), PDF), pdf);
    Registered sealed = document.sealed(Hash.sha256(pdf));
    record(sealed);
    return sealed;
  }

  /** Says that the document was logged and given out. */
  public synchronized Registered issue(Registered document, LocalDate today) throws IOException {
    Registered issued = document.issued(today);
    record(issued);
    return issued;
  }

  /**
   * Erases a donor's documents: what was never given out wholly, of the others the evidence, which
   * opens the donor's lines, and, unless they are kept, the sealed files too. Numbers stay.
   *
   * @return the donor's documents as they are now
   */
  public synchronized List<Registered> erase(DonorId donor, boolean keepIssued) throws IOException {
    List<Registered> erased = new ArrayList<>();
    for (Registered document : all()) {
      if (document.donor().equals(donor)) {
        boolean kept = keepIssued && document.shown();
        Registered.State as = kept ? Registered.State.KEPT : Registered.State.ERASED;
        Registered now = document.erased(as);
        if (!now.equals(document)) {
          record(now);
        }
        erased.add(now);
      }
    }
    destroyAgain();
    return erased;
  }

  /** Destroys what should be gone, also when a crash or a restored copy has left it. */
  private void destroyAgain() throws IOException {
    for (Registered document : documents.values()) {
      boolean erased = document.state() == Registered.State.ERASED;
      if (erased) {
        DurableFile.delete(file(document.number(), PDF));
      }
      if (erased || document.state() == Registered.State.KEPT) {
        DurableFile.delete(file(document.number(), EVIDENCE));
      }
    }
  }

  /**
   * The sealed file.
   *
   * @throws IOException also when its octets are no longer those that were sealed
   */
  public byte[] pdf(Registered document) throws IOException {
    byte[] octets = Files.readAllBytes(file(document.number(), PDF));
    if (!Hash.sha256(octets).equals(document.pdf())) {
      throw new IOException(
          "the stored file of "
              + document.number()
              + " is not the one that was sealed; restore it from a backup");
    }
    return octets;
  }

  /** The openings and proofs that belong to the document. */
  public byte[] evidence(Registered document) throws IOException {
    return Files.readAllBytes(file(document.number(), EVIDENCE));
  }

  private Path file(String number, String ending) {
    return folder.resolve(number + ending);
  }

  private void record(Registered document) throws IOException {
    events.append(CanonicalJson.encode(toJson(document)));
    documents.put(document.number(), document);
  }

  private void replay() throws IOException {
    List<String> lines = events.open();
    for (int i = 0; i < lines.size(); i++) {
      try {
        Registered document =
            parse(CanonicalJson.parse(lines.get(i).getBytes(StandardCharsets.UTF_8)));
        documents.put(document.number(), document);
      } catch (MalformedJson e) {
        throw new IOException(
            folder.resolve(EVENTS)
                + " line "
                + (i + 1)
                + " is damaged: "
                + e.getMessage()
                + "; restore the file from a copy",
            e);
      }
    }
  }

  private static JsonValue.Obj toJson(Registered document) {
    return JsonValue.Obj.of()
        .put("number", document.number())
        .put("donor", document.donor().toHex())
        .put("from", document.from().toString())
        .put("to", document.to().toString())
        .put("state", document.state().name())
        .put("pdf", document.pdf().toHex())
        .put("on", document.issuedOn().toString())
        .build();
  }

  private static Registered parse(JsonValue.Obj event) throws MalformedJson {
    JsonFields fields = JsonFields.of(event);
    try {
      Registered document =
          new Registered(
              fields.text("number", 64),
              fields.parsed("donor", DonorId::parseHex),
              LocalDate.parse(fields.text("from", 10)),
              LocalDate.parse(fields.text("to", 10)),
              Registered.State.valueOf(fields.text("state", 10)),
              fields.hash("pdf"),
              LocalDate.parse(fields.text("on", 10)));
      fields.end();
      return document;
    } catch (java.time.DateTimeException | IllegalArgumentException e) {
      throw new MalformedJson(String.valueOf(e.getMessage()));
    }
  }
}
