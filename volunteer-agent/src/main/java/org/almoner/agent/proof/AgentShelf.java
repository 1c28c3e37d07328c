package org.almoner.agent.proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.durable.RecordFile;
import org.almoner.agent.durable.SetAside;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.Grant;

/**
 * Every receipt this agent ever got from one log: one file for each report, for the enrolment and
 * for each link. What lies here was checked.
 */
public final class AgentShelf {
  /** Directory of the origin in which the key lies that is in use, with its shelf. */
  public static final String IN_USE = "agent";

  /** Name of a shelf's directory, beside the key whose receipts it holds. */
  public static final String DIRECTORY = "shelf";

  /** Directory of the origin in which keys that are used no more lie, each with its shelf. */
  public static final String RETIRED = "retired";

  private final Path reports;
  private final Path links;
  private final Path enrolment;
  private final Disk disk;
  private final Pinned coordinator;

  /** Opens the shelf below {@code directory}, which it makes. */
  public AgentShelf(Path directory, Disk disk, Pinned coordinator) throws IOException {
    this.reports = directory.resolve("reports");
    this.links = directory.resolve("links");
    this.enrolment = directory.resolve("enrolment.json");
    this.disk = disk;
    this.coordinator = coordinator;
    disk.makeDirectory(reports);
    disk.makeDirectory(links);
  }

  /** The shelf of the key in use, in the directory of its origin. */
  public static AgentShelf current(Path origin, Disk disk, Pinned coordinator) throws IOException {
    return new AgentShelf(origin.resolve(IN_USE).resolve(DIRECTORY), disk, coordinator);
  }

  /** Puts the receipt of report {@code seq} on the shelf. */
  public void keepReport(long seq, VerifiedReceipt receipt) throws IOException {
    keep(reportFile(seq), receipt);
  }

  /** Puts the receipt of the enrolment on the shelf. */
  public void keepEnrolment(VerifiedReceipt receipt) throws IOException {
    keep(enrolment, receipt);
  }

  /** Puts the receipt of a link on the shelf. */
  public void keepLink(VerifiedReceipt receipt) throws IOException {
    keep(links.resolve(receipt.record().digest().toHex() + ".json"), receipt);
  }

  /** The receipt of the enrolment, once there is one. */
  public Optional<KeptReceipt> enrolment() throws IOException {
    return RecordFile.read(disk, enrolment, f -> KeptReceipt.parse(Envelope.Kind.ENROLMENT, f));
  }

  /**
   * Puts receipts aside that are damaged and that the agent goes by: of the enrolment, which is
   * fetched again, and of the newest report.
   *
   * @return number of the newest report that ever had its receipt here, or -1
   */
  public long mend(SetAside aside) throws IOException {
    aside.check(
        enrolment,
        fields -> KeptReceipt.parse(Envelope.Kind.ENROLMENT, fields),
        "it is fetched again");
    List<Long> numbers = list();
    if (numbers.isEmpty()) {
      return -1;
    }
    long newest = numbers.get(numbers.size() - 1);
    aside.check(
        reportFile(newest),
        fields -> KeptReceipt.parse(Envelope.Kind.USAGE_REPORT, fields),
        "your proof of report " + newest + " is lost; what it says is in the log and counts");
    return newest;
  }

  /** Numbers of all reports on the shelf, in order. */
  public List<Long> list() throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Path file : disk.list(reports)) {
      String name = file.getFileName().toString();
      if (!name.matches("[0-9]{16}\\.json")) {
        throw new IOException(file + " is no receipt; move it elsewhere");
      }
      numbers.add(Long.parseLong(name.substring(0, 16)));
    }
    return numbers;
  }

  /** The receipt of one report: up to {@link Grant#LEASES_MAX} lines. */
  public Optional<KeptReceipt> report(long seq) throws IOException {
    return RecordFile.read(
        disk, reportFile(seq), f -> KeptReceipt.parse(Envelope.Kind.USAGE_REPORT, f));
  }

  private void keep(Path file, VerifiedReceipt receipt) throws IOException {
    KeptReceipt kept =
        new KeptReceipt(
            coordinator.origin(), receipt.logKey().format(), receipt.record(), receipt.receipt());
    RecordFile.write(disk, file, kept.toJson());
  }

  private Path reportFile(long seq) {
    return reports.resolve(String.format(Locale.ROOT, "%016d.json", seq));
  }
}
