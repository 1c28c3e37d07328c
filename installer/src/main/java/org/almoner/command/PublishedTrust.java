package org.almoner.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.almoner.ledger.entry.MalformedEntry;
import org.almoner.ledger.entry.Succession;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.register.DurableFile;
import org.almoner.tax.verify.BelievedKey;
import org.almoner.tax.verify.BelievedLog;
import org.almoner.tax.verify.FormerLog;
import org.almoner.tax.verify.MalformedTrustFile;
import org.almoner.tax.verify.SealTerm;
import org.almoner.tax.verify.TimeRoot;
import org.almoner.tax.verify.TrustFile;

/**
 * The trust file of a data folder. What it said once stays in it: keys and seals are added, closed
 * logs and revocations kept, since documents of years ago are checked with it.
 */
final class PublishedTrust {
  private final Path file;

  PublishedTrust(Path file) {
    this.file = file;
  }

  /** The file as it is; empty before the first start. */
  Optional<TrustFile> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(TrustFile.parse(Files.readAllBytes(file)));
    } catch (MalformedTrustFile e) {
      throw new IOException(
          file
              + " cannot be read ("
              + e.getMessage()
              + "); restore it from a copy, it says which keys and seals were ever in use and which"
              + " were revoked",
          e);
    }
  }

  /** The closed log that the log of this folder follows; none or one. */
  List<Succession> succeeded() throws IOException {
    List<FormerLog> former = read().map(TrustFile::former).orElse(List.of());
    return former.isEmpty() ? List.of() : List.of(succession(former.get(former.size() - 1)));
  }

  /** What a log that follows this one says of it. */
  static Succession succession(FormerLog closed) throws IOException {
    try {
      return Succession.of(closed.log().verifiers(), closed.checkpoint(), closed.reason());
    } catch (MalformedEntry e) {
      throw new IOException("the closed log cannot be named by another: " + e.getMessage(), e);
    }
  }

  /**
   * The name that is given; when empty the file's, and {@code otherwise} before the first start.
   */
  String charity(String given, String otherwise) throws IOException {
    return given.isEmpty() ? read().map(TrustFile::charity).orElse(otherwise) : given;
  }

  /**
   * The policy that is given, or else the file's: a start that says nothing of witnesses must not
   * end what readers were told to ask for.
   */
  Optional<WitnessPolicy> witnesses(Optional<WitnessPolicy> given) throws IOException {
    return given.isPresent()
        ? given
        : read().map(TrustFile::witnesses).filter(policy -> !policy.asksNobody());
  }

  /** Adds what is in use now and writes the file. */
  void add(String charity, List<VerifierKey> keys, List<Hash> seals, WitnessPolicy witnesses)
      throws IOException {
    Optional<TrustFile> before = read();
    List<BelievedKey> allKeys = new ArrayList<>();
    List<Hash> allSeals = new ArrayList<>();
    String origin = keys.get(0).name();
    before
        .map(TrustFile::log)
        .filter(l -> l.origin().equals(origin))
        .map(BelievedLog::keys)
        .ifPresent(allKeys::addAll);
    before.map(TrustFile::seals).ifPresent(allSeals::addAll);
    for (VerifierKey key : keys) {
      if (allKeys.stream().noneMatch(known -> known.key().equals(key))) {
        allKeys.add(new BelievedKey(key));
      }
    }
    seals.stream().filter(seal -> !allSeals.contains(seal)).forEach(allSeals::add);
    try {
      write(
          new TrustFile(
              charity,
              new BelievedLog(allKeys),
              allSeals,
              witnesses,
              before.map(TrustFile::former).orElse(List.of()),
              before.map(TrustFile::revoked).orElse(List.of()),
              before.map(TrustFile::terms).orElse(List.of()),
              before.map(TrustFile::timeRoots).orElse(List.of())));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is left as it was: " + e.getMessage(), e);
    }
  }

  /**
   * Notes that documents are sealed with {@code seal} from now on, and no more with those before.
   * To be called before {@link #add} names a new one; does nothing when it is in use already, and
   * before the first start.
   */
  void sealWith(Hash seal, Instant now) throws IOException {
    Optional<TrustFile> before = read();
    if (before.isEmpty()) {
      return;
    }
    TrustFile file = before.get();
    boolean known = file.seals().contains(seal);
    List<Hash> seals = new ArrayList<>(file.seals());
    List<SealTerm> terms = new ArrayList<>();
    for (Hash each : file.seals()) {
      SealTerm term = file.term(each).orElse(new SealTerm(each, 0, SealTerm.IN_USE));
      if (each.equals(seal)) {
        terms.add(new SealTerm(seal, term.from(), SealTerm.IN_USE)); // also one that comes back
      } else {
        terms.add(term.to() == SealTerm.IN_USE ? term.endedAt(now) : term);
      }
    }
    if (!known) {
      seals.add(seal);
      terms.add(new SealTerm(seal, now.getEpochSecond(), SealTerm.IN_USE));
    }
    boolean one = seals.size() == 1;
    TrustFile after = file.withSeals(seals, one ? file.terms() : terms);
    if (!after.equals(file)) {
      write(after);
    }
  }

  /** Names authorities whose time stamps are believed from now on; those before stay. */
  void believe(List<TimeRoot> roots) throws IOException {
    TrustFile file = read().orElseThrow(() -> new IOException("there is no " + this.file));
    List<TimeRoot> all = new ArrayList<>(file.timeRoots());
    roots.stream().filter(root -> !all.contains(root)).forEach(all::add);
    if (all.size() > TrustFile.TIME_ROOTS_MAX) {
      throw new IOException(
          this.file
              + " would name "
              + all.size()
              + " roots for time, at most "
              + TrustFile.TIME_ROOTS_MAX
              + "; put fewer into receipts.tsa-roots");
    }
    if (all.size() > file.timeRoots().size()) {
      write(file.withTimeRoots(all));
    }
  }

  /** Replaces the file, unless what would stand in it could not be read back. */
  void write(TrustFile trust) throws IOException {
    byte[] octets = trust.format().toArray();
    try {
      if (!TrustFile.parse(octets).equals(trust)) {
        throw new IOException(file + " is left as it was: what would be written says less");
      }
    } catch (MalformedTrustFile e) {
      throw new IOException(
          file
              + " is left as it was: nobody could read what would be written ("
              + e.getMessage()
              + "); change the charity's name or its witnesses",
          e);
    }
    DurableFile.write(file, octets);
  }
}
