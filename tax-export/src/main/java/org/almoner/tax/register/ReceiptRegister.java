package org.almoner.tax.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.MalformedJson;

/**
 * The register of documents: numbers in sequence, events only added, sealed files kept as sealed.
 *
 * <pre>
 *   RESERVED --sealed file stored--> SEALED --logged--> ISSUED --another issued--> REPLACED
 *       |                               |                  +----for a reason----> CANCELLED
 *       +------- given up --------------+--> CANCELLED
 *   given out --donor erased--> KEPT | ERASED
 * </pre>
 *
 * <p>After a crash a reserved number is used again by the same donor for what it was taken for, and
 * a stored file is issued as it is: nothing is ever sealed twice under one number. Of one donor
 * never two documents stand whose periods share a day. Reading is for any thread; what changes the
 * register is called by one thread at a time, and every change is on disk when it returns.
 */
public final class ReceiptRegister {
  /**
   * Where no law names any, a kept file is kept for so many years after the one in which it was
   * issued, as the generic profile says.
   */
  public static final int KEPT_YEARS = 10;

  private static final String EVENTS = "register.jsonl";

  private final Path folder;
  private final Disk disk;
  private final EventFile events;
  private final DocumentFiles files;
  private final Map<String, Registered> documents = new LinkedHashMap<>();
  private final Map<DonorId, List<String>> numbers = new HashMap<>();
  private final Map<String, Long> serials = new HashMap<>();
  private final SortedMap<Integer, LocalDate> closed = new TreeMap<>();
  private final Map<String, Wish> wishes = new LinkedHashMap<>();
  private final Set<String> confirmed = new HashSet<>();
  private final Map<String, Instant> operators = new HashMap<>();
  private final Map<String, LocalDate> misstated = new HashMap<>();
  private final Map<LocalDate, LocalDate> days = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();

  private ReceiptRegister(Path folder, Disk disk) {
    this.folder = folder;
    this.disk = disk;
    this.events = new EventFile(folder.resolve(EVENTS), disk);
    this.files = new DocumentFiles(folder);
  }

  /**
   * What a new document is to be.
   *
   * @param sequence what its number begins with; the count follows
   * @param replaces number of the document it is to stand for, or empty
   * @param fourEyes whether a second operator confirms what is done to it
   */
  public record Request(
      DonorId donor,
      LocalDate from,
      LocalDate to,
      String sequence,
      String profile,
      LocalDate keepUntil,
      String replaces,
      boolean fourEyes) {
    /** Whether a number was reserved for just this, and not used yet. */
    public boolean isOf(Registered reserved) {
      return reserved.state() == Registered.State.RESERVED
          && reserved.donor().equals(donor)
          && reserved.from().equals(from)
          && reserved.to().equals(to)
          && reserved.place().series().equals(sequence + Registered.COUNT)
          && reserved.profile().equals(profile)
          && reserved.keepUntil().equals(keepUntil)
          && reserved.replaces().equals(replaces);
    }
  }

  /**
   * A sealed file with its evidence.
   *
   * @param statement index of the log's entry of the statement in it
   */
  public record Sealed(Registered document, long statement, Bytes pdf, Bytes evidence) {}

  /** A document whose sealed file was logged. */
  public record Receipted(Registered document, LogPlace place) {}

  /** Opens the register in {@code folder} on the disk as it is. */
  public static ReceiptRegister open(Path folder) throws IOException {
    return open(folder, Disk.REAL);
  }

  /**
   * Opens the register in {@code folder}, made when it is missing.
   *
   * @throws IOException also when an event is damaged, naming its line; a last line that was cut
   *     off by a crash was never acknowledged and is dropped
   */
  public static ReceiptRegister open(Path folder, Disk disk) throws IOException {
    DurableFile.privateFolder(folder);
    ReceiptRegister register = new ReceiptRegister(folder, disk);
    register.events.open(register::replay);
    register.files.arrange();
    register.destroyAgain(register.documents.values());
    return register;
  }

  /** All documents in the order in which their numbers were taken. */
  public synchronized List<Registered> all() {
    return List.copyOf(documents.values());
  }

  /** Shows each document of now, in order; nothing else may be asked of the register meanwhile. */
  public synchronized void forEach(Consumer<Registered> to) {
    documents.values().forEach(to);
  }

  /** One document. */
  public synchronized Optional<Registered> find(String number) {
    return Optional.ofNullable(documents.get(number));
  }

  /** The donor's documents, in order of their numbers. */
  public synchronized List<Registered> of(DonorId donor) {
    List<Registered> found = new ArrayList<>();
    for (String number : numbers.getOrDefault(donor, List.of())) {
      find(number).ifPresent(found::add);
    }
    return found;
  }

  /**
   * The donor's document that stands for a day of {@code from} to {@code to}: not one that was
   * withdrawn, and not one that is only about to replace another.
   */
  public synchronized Optional<Registered> overlapping(
      DonorId donor, LocalDate from, LocalDate to) {
    return allOverlapping(donor, from, to).stream().findFirst();
  }

  /** As {@link #overlapping}; several, when documents of other years share its days. */
  public synchronized List<Registered> allOverlapping(DonorId donor, LocalDate from, LocalDate to) {
    return of(donor).stream()
        .filter(d -> d.overlaps(from, to) && !d.isWithdrawn() && !isToReplace(d))
        .toList();
  }

  /** The number that was taken to replace {@code number} and is not issued yet. */
  public synchronized Optional<Registered> replacing(Registered replaced) {
    return of(replaced.donor()).stream()
        .filter(d -> d.replaces().equals(replaced.number()) && !d.isWithdrawn())
        .findFirst();
  }

  /**
   * Whether it was to replace a document and does not yet: its own file may be given out already.
   */
  private boolean isToReplace(Registered document) {
    Registered old = documents.get(document.replaces());
    return old != null && !old.isWithdrawn() && old.state() != Registered.State.ERASED;
  }

  /** As {@link #reserve(List, LocalDate)}, one in the plain sequence of the year of its end. */
  public Registered reserve(DonorId donor, LocalDate from, LocalDate to, LocalDate today)
      throws IOException {
    return reserve(
            List.of(
                new Request(
                    donor, from, to, to.getYear() + "-", "", Registered.NO_DUTY, "", false)),
            today)
        .get(0);
  }

  /** Takes the next numbers, in the order of the requests. */
  public synchronized List<Registered> reserve(List<Request> requests, LocalDate today)
      throws IOException {
    Map<String, Long> next = new HashMap<>();
    List<Registered> reserved = new ArrayList<>();
    for (Request request : requests) {
      requireFree(request);
      String series = request.sequence() + Registered.COUNT;
      long serial = next.merge(series, serials.getOrDefault(series, 0L) + 1, (a, b) -> a + 1);
      reserved.add(
          new Registered(
              request.sequence() + String.format(Locale.ROOT, "%06d", serial),
              new Registered.Place(series, serial),
              request.donor(),
              request.from(),
              request.to(),
              request.profile(),
              request.keepUntil(),
              Registered.State.RESERVED,
              Hash.ZERO,
              today,
              request.replaces(),
              "",
              "",
              Registered.NO_ENTRY,
              LogPlace.NONE,
              Registered.NO_ENTRY,
              request.fourEyes()));
    }
    record(reserved);
    return reserved;
  }

  private void requireFree(Request request) {
    if (!request.replaces().isEmpty()) {
      Registered old = documents.get(request.replaces());
      if (old == null || old.state() != Registered.State.ISSUED || replacing(old).isPresent()) {
        throw new IllegalStateException(request.replaces() + " cannot be replaced now");
      }
    } else if (overlapping(request.donor(), request.from(), request.to()).isPresent()) {
      throw new IllegalStateException(
          "donor " + request.donor() + " already has a document in this period");
    }
  }

  /** Stores one sealed file; which entry its statement is, its own proof tells. */
  public Registered store(Registered document, byte[] pdf, byte[] evidence) throws IOException {
    return store(
            List.of(new Sealed(document, Registered.NO_ENTRY, Bytes.of(pdf), Bytes.of(evidence))))
        .get(0);
  }

  /**
   * Stores sealed files and their evidence durably, then says so of all of them.
   *
   * @throws IllegalStateException when one of the documents is no longer as it was handed in; no
   *     file of a donor who was erased is left then
   */
  public List<Registered> store(List<Sealed> sealed) throws IOException {
    List<Registered> reserved = sealed.stream().map(Sealed::document).toList();
    Map<Path, Bytes> octets = new LinkedHashMap<>();
    List<Registered> stored = new ArrayList<>();
    for (Sealed one : sealed) {
      Registered document = one.document();
      if (document.state() != Registered.State.RESERVED) {
        throw new IllegalStateException(document.number() + " was sealed before");
      }
      octets.put(files.evidence(document.number()), one.evidence());
      octets.put(files.pdf(document.number()), one.pdf());
      stored.add(document.sealed(Hash.sha256(one.pdf().toArray()), one.statement()));
    }
    requireAsTheyWere(reserved);
    disk.files(octets);
    recordStored(reserved, stored);
    return stored;
  }

  /**
   * The files under a number that is only reserved: a crash came between them and the event. Which
   * entry the statement is, the caller finds out.
   */
  public Optional<Sealed> left(Registered reserved) throws IOException {
    Path pdf = files.pdf(reserved.number());
    Path evidence = files.evidence(reserved.number());
    if (reserved.state() != Registered.State.RESERVED
        || !Files.exists(pdf)
        || !Files.exists(evidence)) {
      return Optional.empty();
    }
    return Optional.of(
        new Sealed(
            reserved,
            Registered.NO_ENTRY,
            Bytes.of(Files.readAllBytes(pdf)),
            Bytes.of(Files.readAllBytes(evidence))));
  }

  /** Removes files under a number that is only reserved: they were never given out. */
  public synchronized void discard(Registered reserved) throws IOException {
    requireAsTheyWere(List.of(reserved));
    if (reserved.state() != Registered.State.RESERVED) {
      throw new IllegalStateException(reserved.number() + " is not only reserved");
    }
    DurableFile.delete(files.pdf(reserved.number()));
    DurableFile.delete(files.evidence(reserved.number()));
  }

  /** An erasure that came while files were written has the last word. */
  private synchronized void recordStored(List<Registered> reserved, List<Registered> stored)
      throws IOException {
    List<Registered> now = reserved.stream().flatMap(d -> find(d.number()).stream()).toList();
    destroyAgain(now);
    requireAsTheyWere(reserved);
    record(stored);
  }

  /** What a caller knew of documents must be what is known now: of two writers one is refused. */
  private synchronized void requireAsTheyWere(List<Registered> known) {
    for (Registered document : known) {
      Optional<Registered> now = find(document.number());
      if (!now.equals(Optional.of(document))) {
        throw new IllegalStateException(
            document.number()
                + " was changed meanwhile: it is "
                + now.map(d -> d.state().name().toLowerCase(Locale.ROOT)).orElse("not registered")
                + "; nothing is done to it");
      }
    }
  }

  /** Says that documents were logged and given out. */
  public synchronized List<Registered> issue(List<Receipted> logged, LocalDate today)
      throws IOException {
    List<Registered> issued = new ArrayList<>();
    for (Receipted one : logged) {
      if (one.document().state() != Registered.State.SEALED) {
        throw new IllegalStateException(one.document().number() + " is not about to be issued");
      }
      issued.add(one.document().issued(today, one.place()));
    }
    requireAsTheyWere(logged.stream().map(Receipted::document).toList());
    record(issued);
    return issued;
  }

  /** Says that {@code by} stands for {@code document} now, as the log's entry {@code leaf} does. */
  public synchronized Registered replace(Registered document, String by, long leaf)
      throws IOException {
    if (document.state() != Registered.State.ISSUED) {
      throw new IllegalStateException(document.number() + " does not stand");
    }
    requireAsTheyWere(List.of(document));
    Registered replaced = document.replaced(by, leaf);
    record(List.of(replaced));
    return replaced;
  }

  /**
   * Says that the number counts no more, as the log's entry {@code leaf} does; {@link
   * Registered#NO_ENTRY} for a number of which the log knows nothing.
   */
  public synchronized Registered cancel(Registered document, String reason, long leaf)
      throws IOException {
    if (reason.isBlank() || reason.length() > Registered.REASON_MAX) {
      throw new IllegalArgumentException(
          "a cancellation needs a reason of at most " + Registered.REASON_MAX + " characters");
    }
    requireAsTheyWere(List.of(document));
    Registered cancelled = document.cancelled(reason, leaf);
    record(List.of(cancelled));
    return cancelled;
  }

  /**
   * Closes a year: no document of a period that begins in it is issued for the first time any more.
   */
  public synchronized void close(int year, LocalDate on) throws IOException {
    append(List.of(new RegisterEvent.Closed(year, on)));
  }

  /** Years that were closed, and when. */
  public synchronized SortedMap<Integer, LocalDate> closed() {
    return new TreeMap<>(closed);
  }

  /** Keeps what an operator asked for until another confirms it. */
  public synchronized void ask(Wish wish) throws IOException {
    append(List.of(new RegisterEvent.Wished(wish)));
  }

  /** Keeps that {@code by} added an operator of that name. */
  public synchronized void addOperator(String name, String by, Instant at) throws IOException {
    append(List.of(new RegisterEvent.Operator(name, by, at)));
  }

  /** When an operator was added; unknown of the first, and of those of early registers. */
  public synchronized Optional<Instant> addedAt(String operator) {
    return Optional.ofNullable(operators.get(operator));
  }

  /** Whether a second operator confirmed what waits about a document. */
  public synchronized boolean isConfirmed(String number) {
    return confirmed.contains(number);
  }

  /** Keeps who confirmed what another asked for; it is carried out next. */
  public synchronized void confirm(Wish wish, String by, LocalDate on) throws IOException {
    append(List.of(new RegisterEvent.Confirmed(wish.number(), by, on)));
  }

  /** Forgets what was asked for. */
  public synchronized void drop(Wish wish, LocalDate on) throws IOException {
    append(List.of(new RegisterEvent.Dropped(wish.number(), on)));
  }

  /**
   * Keeps that what the donor was given on a day was entered or removed only now, so that documents
   * of that day which stand, or are about to, say otherwise.
   *
   * @return their numbers
   */
  public synchronized List<String> misstate(DonorId donor, LocalDate given, LocalDate on)
      throws IOException {
    List<String> wrong =
        of(donor).stream()
            .filter(d -> d.overlaps(given, given))
            .filter(
                d -> d.state() == Registered.State.ISSUED || d.state() == Registered.State.SEALED)
            .map(Registered::number)
            .toList();
    append(
        wrong.stream()
            .<RegisterEvent>map(number -> new RegisterEvent.Misstated(number, given, on))
            .toList());
    return wrong;
  }

  /** The day of which a document that stands says otherwise than what was entered later. */
  public synchronized Optional<LocalDate> misstates(String number) {
    return Optional.ofNullable(misstated.get(number));
  }

  /** What waits for a second operator, the oldest first. */
  public synchronized List<Wish> wishes() {
    return List.copyOf(wishes.values());
  }

  /** What waits for a second operator about one document. */
  public synchronized Optional<Wish> wish(String number) {
    return Optional.ofNullable(wishes.get(number));
  }

  /**
   * Erases a donor's documents: what was never given out wholly, of the others the evidence, which
   * opens the donor's lines, and, unless they are kept, the sealed files too. A file that a profile
   * wants kept longer than {@code today} is kept in any case. Numbers stay.
   *
   * @return the donor's documents as they are now
   */
  public synchronized List<Registered> erase(DonorId donor, boolean keepIssued, LocalDate today)
      throws IOException {
    List<Registered> changed = new ArrayList<>();
    List<Registered> erased = new ArrayList<>();
    for (Registered document : of(donor)) {
      boolean kept = document.shown() && (keepIssued || !document.keepUntil().isBefore(today));
      Registered now = document.erased(kept ? Registered.State.KEPT : Registered.State.ERASED);
      if (!now.equals(document)) {
        changed.add(now);
      }
      erased.add(now);
    }
    record(changed);
    destroyAgain(erased);
    return erased;
  }

  /**
   * Destroys the files of erased donors that a profile wanted kept until before {@code today}, and
   * those that were kept {@value #KEPT_YEARS} years without one.
   *
   * @return numbers of those that are gone now
   */
  public synchronized List<String> expire(LocalDate today) throws IOException {
    List<Registered> over = new ArrayList<>();
    for (Registered document : documents.values()) {
      if (document.state() == Registered.State.KEPT && keptUntil(document).isBefore(today)) {
        over.add(document.erased(Registered.State.ERASED));
      }
    }
    record(over);
    destroyAgain(over);
    return over.stream().map(Registered::number).toList();
  }

  private static LocalDate keptUntil(Registered document) {
    return document.keepUntil().equals(Registered.NO_DUTY)
        ? LocalDate.of(document.issuedOn().getYear() + KEPT_YEARS, 12, 31)
        : document.keepUntil();
  }

  /** Destroys what should be gone, also when a crash or a restored copy has left it. */
  private void destroyAgain(Collection<Registered> of) throws IOException {
    for (Registered document : of) {
      boolean erased = document.state() == Registered.State.ERASED;
      if (erased) {
        DurableFile.delete(files.pdf(document.number()));
      }
      if (erased || document.state() == Registered.State.KEPT) {
        DurableFile.delete(files.evidence(document.number()));
      }
    }
  }

  /**
   * The sealed file.
   *
   * @throws IOException also when its octets are no longer those that were sealed
   */
  public byte[] pdf(Registered document) throws IOException {
    byte[] octets = files.read(files.pdf(document.number()), "the file of " + document.number());
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
    return files.read(files.evidence(document.number()), "the evidence of " + document.number());
  }

  private synchronized void record(List<Registered> changed) throws IOException {
    append(changed.stream().<RegisterEvent>map(RegisterEvent.Of::new).toList());
  }

  private void append(List<RegisterEvent> lines) throws IOException {
    events.append(lines.stream().map(RegisterEvent::line).toList());
    lines.forEach(this::take);
  }

  private void replay(long line, Bytes octets) throws IOException {
    try {
      take(RegisterEvent.parse(octets));
    } catch (MalformedJson e) {
      throw new IOException(
          folder.resolve(EVENTS)
              + " line "
              + line
              + " is damaged: "
              + e.getMessage()
              + "; restore the file from a copy",
          e);
    }
  }

  private void take(RegisterEvent event) {
    if (event instanceof RegisterEvent.Of of) {
      take(of.document());
    } else if (event instanceof RegisterEvent.Closed year) {
      closed.putIfAbsent(year.year(), year.on());
    } else if (event instanceof RegisterEvent.Wished wished) {
      wishes.put(wished.wish().number(), wished.wish());
      confirmed.remove(wished.wish().number());
    } else if (event instanceof RegisterEvent.Confirmed agreed) {
      confirmed.add(agreed.number());
    } else if (event instanceof RegisterEvent.Dropped dropped) {
      wishes.remove(dropped.number());
    } else if (event instanceof RegisterEvent.Misstated wrong) {
      misstated.putIfAbsent(wrong.number(), wrong.given());
    } else if (event instanceof RegisterEvent.Operator added) {
      operators.put(added.name(), added.at());
    }
  }

  private void take(Registered event) {
    Registered document = sharing(event);
    String number = document.number();
    if (documents.put(number, document) == null) {
      numbers.merge(document.donor(), List.of(number), ReceiptRegister::joined);
    }
    serials.merge(document.place().series(), document.place().serial(), Math::max);
    if (document.isWithdrawn() || document.state() == Registered.State.ERASED) {
      wishes.remove(number);
    }
    if (document.state() != Registered.State.SEALED
        && document.state() != Registered.State.ISSUED) {
      misstated.remove(number);
    }
  }

  private static List<String> joined(List<String> known, List<String> more) {
    List<String> all = new ArrayList<>(known);
    all.addAll(more);
    return List.copyOf(all);
  }

  /** The same document with days and texts that many share held once. */
  private Registered sharing(Registered document) {
    return new Registered(
        document.number(),
        new Registered.Place(shared(document.place().series()), document.place().serial()),
        document.donor(),
        shared(document.from()),
        shared(document.to()),
        shared(document.profile()),
        shared(document.keepUntil()),
        document.state(),
        document.pdf().equals(Hash.ZERO) ? Hash.ZERO : document.pdf(),
        shared(document.issuedOn()),
        document.replaces(),
        document.replacedBy(),
        document.reason(),
        document.statement(),
        document.receipt(),
        document.change(),
        document.fourEyes());
  }

  private LocalDate shared(LocalDate day) {
    return days.computeIfAbsent(day, same -> same);
  }

  private String shared(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }
}
