package org.almoner.tax.issue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.tax.donor.Donor;
import org.almoner.tax.donor.DonorDirectory;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.Software;
import org.almoner.tax.register.Disk;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.seal.SealKey;
import org.almoner.tax.seal.Sealer;

/** A log, a register on a disk that may die, a directory and a seal, all in one folder. */
public final class Desk {
  public static final long NOVEMBER = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

  private static final Charity CHARITY = new Charity("Example Commons", List.of(), "", "");

  public final SmallLog log;
  public final DonorDirectory donors;
  public Instant now = Instant.parse("2027-02-02T00:00:00Z");
  private final Path folder;
  private final SealKey key;
  private final StatementPdf pdf = new StatementPdf();
  private long steps;
  private long diesAt = Long.MAX_VALUE;

  /** The process is gone: nothing of what it held in memory is left. */
  public static final class Died extends IOException {
    private static final long serialVersionUID = 1L;

    Died() {
      super("the power went");
    }
  }

  public Desk(Path folder) throws Exception {
    this.folder = java.nio.file.Files.createDirectories(folder);
    log = new SmallLog(folder.resolve("log"));
    log.die = this::step;
    donors = DonorDirectory.open(folder.resolve("donors"), new java.security.SecureRandom());
    key =
        SealKey.openOrCreate(
            folder.resolve("seal.p12"), "Example Commons", () -> now, new SecureRandom());
  }

  /** Lets what follows die before its {@code step}th durable step, from 1. */
  public void dieAt(long step) {
    steps = 0;
    diesAt = step;
  }

  /** Durable steps since {@link #dieAt}. */
  public long steps() {
    return steps;
  }

  public SealKey key() {
    return key;
  }

  public Path registerFolder() {
    return folder.resolve("register");
  }

  /** The names of a donor who gave {@code lines} lines, of which the first counts. */
  public void gave(org.almoner.protocol.identity.DonorId donor, String name, int lines)
      throws Exception {
    donors.put(Donor.named(donor, name, List.of("1 Street")));
    log.settle(
        log.report(donor, NOVEMBER, lines).get(0), org.almoner.ledger.entry.Outcome.ACCEPTED);
  }

  /** The register as a new process reads it. */
  public ReceiptRegister register() throws IOException {
    return ReceiptRegister.open(
        registerFolder(),
        new Disk() {
          @Override
          public void write(FileChannel file, ByteBuffer rest, long at) throws IOException {
            step();
            Disk.REAL.write(file, rest, at);
          }

          @Override
          public void sync(FileChannel file) throws IOException {
            Disk.REAL.sync(file);
            step();
          }

          @Override
          public void files(Map<Path, Bytes> files) throws IOException {
            step();
            Disk.REAL.files(files);
            step();
          }
        });
  }

  /** An issuer as a new process makes it. */
  public Issuer issuer() throws IOException {
    return issuer(register(), Terms.generic());
  }

  /** As a new process makes it, drawing on {@code executor}. */
  public Issuer issuer(Executor executor) throws IOException {
    return issuer(register(), Terms.generic(), executor);
  }

  /** An issuer over a register that is open. */
  public Issuer issuer(ReceiptRegister register, Terms terms) {
    return issuer(register, terms, Runnable::run);
  }

  private Issuer issuer(ReceiptRegister register, Terms terms, Executor executor) {
    return issuer(register, terms, executor, Sealer.with(key));
  }

  /** One that seals as {@code sealer} does. */
  public Issuer issuer(Sealer sealer, Executor executor) throws IOException {
    return issuer(register(), Terms.generic(), executor, sealer);
  }

  private Issuer issuer(ReceiptRegister register, Terms terms, Executor executor, Sealer sealer) {
    return new Issuer(
        log,
        register,
        donors,
        CHARITY,
        sealer,
        pdf,
        terms,
        new Software("almoner", "0.1.0"),
        executor,
        () -> now);
  }

  private void step() throws IOException {
    if (++steps >= diesAt) {
      throw new Died();
    }
  }
}
