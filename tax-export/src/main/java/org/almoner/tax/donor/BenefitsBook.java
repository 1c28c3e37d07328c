package org.almoner.tax.donor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.DonorId;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;
import org.almoner.tax.jurisdiction.Benefits;
import org.almoner.tax.register.EventFile;

/**
 * What the charity gave its donors, and until which day the operator says that all of it is
 * entered.
 *
 * <p>Each donor's list is sealed under the donor's key. What the operator confirmed is a file of
 * lines that are only added, a day and the day of confirming; nothing of a donor is in it.
 */
public final class BenefitsBook {
  /** Most benefits of one donor. */
  public static final int BENEFITS_MAX = 1_000;

  private final SealedFile lists;
  private final EventFile confirmations;
  private LocalDate until = LocalDate.MIN;

  BenefitsBook(SealedFile lists, Path confirmed) throws IOException {
    this.lists = lists;
    this.confirmations = new EventFile(confirmed);
    confirmations.open(
        (number, line) -> {
          String text = new String(line.toArray(), StandardCharsets.US_ASCII);
          try {
            raise(LocalDate.parse(text.substring(0, Math.max(0, text.indexOf(' ')))));
          } catch (DateTimeException e) {
            throw new IOException(confirmed + " is damaged: line " + number, e);
          }
        });
  }

  private void raise(LocalDate day) {
    if (day.isAfter(until)) {
      until = day;
    }
  }

  /** The last day for which everything is entered, as the operator says; empty when never said. */
  public synchronized Optional<LocalDate> confirmedUntil() {
    return until.equals(LocalDate.MIN) ? Optional.empty() : Optional.of(until);
  }

  /**
   * The operator says that everything given until a day is entered, and that nothing else was
   * given.
   *
   * @param today must lie after the day: what is given later on a day would not be in it
   */
  public synchronized void confirm(LocalDate day, LocalDate today) throws IOException {
    if (!day.isBefore(today)) {
      throw new IllegalArgumentException(
          "what will be given until " + day + " cannot be known on " + today);
    }
    byte[] line = (day + " " + today).getBytes(StandardCharsets.US_ASCII);
    confirmations.append(List.of(line));
    raise(day);
  }

  /**
   * What to do about an entry of {@code day} that is made or removed now; empty when the day was
   * not confirmed yet, so that no document speaks of it.
   */
  public synchronized Optional<String> late(LocalDate day) {
    return day.isAfter(until)
        ? Optional.empty()
        : Optional.of(
            "an operator had confirmed that everything until "
                + until
                + " was entered: documents of a period with "
                + day
                + " in it that were made before deny or misstate this; look at the donor's and"
                + " replace them ('almoner receipts replace')");
  }

  /** What was given to a donor, in order of the days. */
  public synchronized List<Benefit> of(DonorId donor) throws IOException {
    Optional<Bytes> octets = lists.find(donor);
    if (octets.isEmpty()) {
      return List.of();
    }
    try {
      List<Benefit> benefits = new ArrayList<>();
      JsonFields fields = JsonFields.of(CanonicalJson.parse(octets.get().toArray()));
      for (JsonFields each : fields.objects("benefits", 0, BENEFITS_MAX)) {
        benefits.add(Benefit.parse(each));
      }
      fields.end();
      return benefits;
    } catch (MalformedJson e) {
      throw new IOException("the benefits of " + donor + " are damaged: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a benefit.
   *
   * <p>Also within what was confirmed: see {@link #late}.
   */
  public synchronized void add(DonorId donor, Benefit benefit) throws IOException {
    requireRoom(donor);
    List<Benefit> all = new ArrayList<>(of(donor));
    all.add(benefit);
    all.sort(Comparator.comparing(Benefit::on));
    store(donor, all);
  }

  /** Refuses when the list of {@code donor} is full. */
  public synchronized void requireRoom(DonorId donor) throws IOException {
    if (of(donor).size() >= BENEFITS_MAX) {
      throw new IllegalArgumentException("a donor has at most " + BENEFITS_MAX + " benefits");
    }
  }

  /**
   * Removes a benefit that was entered by mistake.
   *
   * @param place in {@link #of}, from 1
   * @return the benefit; empty when there is none at that place
   */
  public synchronized Optional<Benefit> remove(DonorId donor, int place) throws IOException {
    List<Benefit> all = new ArrayList<>(of(donor));
    if (place < 1 || place > all.size()) {
      return Optional.empty();
    }
    Benefit removed = all.remove(place - 1);
    store(donor, all);
    return Optional.of(removed);
  }

  private void store(DonorId donor, List<Benefit> all) throws IOException {
    JsonValue.Obj record =
        JsonValue.Obj.of()
            .put("benefits", all.stream().<JsonValue>map(Benefit::toJson).toList())
            .build();
    lists.put(Map.of(donor, CanonicalJson.encode(record)));
  }

  /**
   * What a document of a period may say: what was given in it, or that nothing was, once the
   * operator has confirmed the whole period; until then at most that nothing is recorded.
   */
  public synchronized Benefits within(DonorId donor, LocalDate from, LocalDate to)
      throws IOException {
    List<Benefits.Item> given =
        of(donor).stream()
            .filter(benefit -> !benefit.on().isBefore(from) && !benefit.on().isAfter(to))
            .map(benefit -> new Benefits.Item(benefit.what(), benefit.estimate()))
            .toList();
    if (until.isBefore(to)) {
      return given.isEmpty() ? new Benefits.Unconfirmed() : new Benefits.Unknown();
    }
    return given.isEmpty() ? new Benefits.NoneRecorded() : new Benefits.Given(given);
  }
}
