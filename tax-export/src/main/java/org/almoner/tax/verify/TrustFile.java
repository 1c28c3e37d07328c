package org.almoner.tax.verify;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.almoner.ledger.checkpoint.MalformedCheckpoint;
import org.almoner.ledger.checkpoint.SignedCheckpoint;
import org.almoner.ledger.note.MalformedNote;
import org.almoner.ledger.note.NoteRejected;
import org.almoner.ledger.note.SignedNote;
import org.almoner.ledger.note.VerifierKey;
import org.almoner.ledger.witness.WitnessPolicy;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.json.MalformedJson;

/**
 * Whom a reader believes: the charity's name, its log's keys, the fingerprints of its seals, and
 * the logs it had before.
 *
 * <p>A charity publishes it where nobody else can write; without one a document is consistent in
 * itself and its issuer unknown. The file is one line of canonical JSON and a newline. Version 1
 * knows one key and nothing that was revoked or closed, version 2 neither terms of seals nor roots
 * of time; the lowest is written that says all.
 *
 * @param charity name of the charity, 1 to 120 characters
 * @param log the log, with every key it had
 * @param seals SHA-256 of the certificates the charity seals with, 1 to {@value #SEALS_MAX}
 * @param witnesses who must have signed the checkpoint under a document; field {@code witnesses},
 *     the lines of the policy, absent where nobody need have
 * @param former logs that were closed, at most {@value #FORMER_MAX}
 * @param revoked those of {@code seals} that may have been in other hands
 * @param terms from when to when some of {@code seals} were used, each at most once; of the others
 *     nothing is said
 * @param timeRoots whose time stamps are believed, at most {@value #TIME_ROOTS_MAX}
 */
public record TrustFile(
    String charity,
    BelievedLog log,
    List<Hash> seals,
    WitnessPolicy witnesses,
    List<FormerLog> former,
    List<RevokedSeal> revoked,
    List<SealTerm> terms,
    List<TimeRoot> timeRoots) {
  /** Most fingerprints in one file. */
  public static final int SEALS_MAX = 32;

  /** Most logs that were closed. */
  public static final int FORMER_MAX = 16;

  /** Largest file read, in octets. */
  public static final int BYTES_MAX = 262_144;

  /** Most authorities for time. */
  public static final int TIME_ROOTS_MAX = 8;

  private static final int ONE_KEY = 1;
  private static final int NO_TERMS = 2;
  private static final int VERSION = 3;
  private static final int NAME_MAX = 120;
  private static final int ORIGIN_MAX = 200;
  private static final int KEY_MAX = 400;

  public TrustFile {
    seals = List.copyOf(seals);
    former = List.copyOf(former);
    revoked = List.copyOf(revoked);
    terms = List.copyOf(terms);
    timeRoots = List.copyOf(timeRoots);
    if (charity.isBlank() || charity.length() > NAME_MAX) {
      throw new IllegalArgumentException("a charity's name has 1 to " + NAME_MAX + " characters");
    }
    if (seals.isEmpty() || seals.size() > SEALS_MAX) {
      throw new IllegalArgumentException("a trust file lists 1 to " + SEALS_MAX + " seals");
    }
    if (former.size() > FORMER_MAX) {
      throw new IllegalArgumentException("at most " + FORMER_MAX + " former logs");
    }
    Set<String> origins = new HashSet<>(Set.of(log.origin()));
    Set<PublicKey> keys = new HashSet<>();
    requireOtherKeys(keys, log);
    for (FormerLog closed : former) {
      requireOtherKeys(keys, closed.log());
      if (!origins.add(closed.log().origin())) {
        throw new IllegalArgumentException("two logs are named " + closed.log().origin());
      }
    }
    for (RevokedSeal seal : revoked) {
      if (!seals.contains(seal.fingerprint())) {
        throw new IllegalArgumentException(
            "the revoked seal " + seal.fingerprint() + " is none of the charity's");
      }
    }
    if (timeRoots.size() > TIME_ROOTS_MAX) {
      throw new IllegalArgumentException("at most " + TIME_ROOTS_MAX + " roots of time");
    }
    Set<Hash> limited = new HashSet<>();
    for (SealTerm term : terms) {
      if (!seals.contains(term.fingerprint()) || !limited.add(term.fingerprint())) {
        throw new IllegalArgumentException(
            "the term of seal " + term.fingerprint() + " is of none of the charity's, or a second");
      }
    }
  }

  /** A key that was lost or stolen with one log must not open another. */
  private static void requireOtherKeys(Set<PublicKey> known, BelievedLog log) {
    for (VerifierKey key : log.verifiers()) {
      if (!known.add(key.key())) {
        throw new IllegalArgumentException(
            "the key " + key.format() + " is listed for two logs; each log has keys of its own");
      }
    }
  }

  /** A charity that has one seal, or does not say when it used which, and asks nobody for time. */
  public TrustFile(
      String charity,
      BelievedLog log,
      List<Hash> seals,
      WitnessPolicy witnesses,
      List<FormerLog> former,
      List<RevokedSeal> revoked) {
    this(charity, log, seals, witnesses, former, revoked, List.of(), List.of());
  }

  /** A charity that never closed a log or revoked a seal. */
  public TrustFile(String charity, BelievedLog log, List<Hash> seals, WitnessPolicy witnesses) {
    this(charity, log, seals, witnesses, List.of(), List.of());
  }

  /** A log of one key; believes a document whoever witnessed its checkpoint. */
  public TrustFile(String charity, VerifierKey log, List<Hash> seals) {
    this(charity, BelievedLog.of(List.of(log)), seals, WitnessPolicy.NOBODY);
  }

  /**
   * Reads a trust file.
   *
   * @throws MalformedTrustFile naming the field that is unknown, missing or wrong
   */
  public static TrustFile parse(byte[] octets) throws MalformedTrustFile {
    if (octets.length > BYTES_MAX) {
      throw new MalformedTrustFile(
          "has " + octets.length + " octets; at most " + BYTES_MAX + " are read");
    }
    try {
      JsonFields fields = JsonFields.of(CanonicalJson.parse(withoutNewline(octets)));
      long version = fields.integer("version", ONE_KEY, VERSION);
      boolean oneKey = version == ONE_KEY;
      String charity = fields.text("charity", NAME_MAX);
      JsonFields log = fields.object("log");
      BelievedLog believed = oneKey ? logOfOneKey(log) : log(log);
      log.end();
      List<Hash> seals = new ArrayList<>();
      for (String seal : fields.texts("seals", 1, SEALS_MAX, 2 * Hash.SIZE)) {
        seals.add(Hash.parseHex(seal));
      }
      WitnessPolicy witnesses = witnesses(fields).orElse(WitnessPolicy.NOBODY);
      List<FormerLog> former = new ArrayList<>();
      List<RevokedSeal> revoked = new ArrayList<>();
      if (!oneKey) {
        for (JsonFields closed : fields.objects("former", 0, FORMER_MAX)) {
          former.add(FormerLog.parse(closed, witnesses));
        }
        for (JsonFields seal : fields.objects("revokedSeals", 0, SEALS_MAX)) {
          revoked.add(RevokedSeal.parse(seal));
        }
      }
      List<SealTerm> terms = new ArrayList<>();
      List<TimeRoot> timeRoots = new ArrayList<>();
      if (version > NO_TERMS) {
        for (JsonFields term : fields.objects("terms", 0, SEALS_MAX)) {
          terms.add(SealTerm.parse(term));
        }
        for (String root : fields.texts("timeRoots", 0, TIME_ROOTS_MAX, TimeRoot.TEXT_MAX)) {
          timeRoots.add(TimeRoot.ofBase64(root));
        }
      }
      fields.end();
      return new TrustFile(charity, believed, seals, witnesses, former, revoked, terms, timeRoots);
    } catch (MalformedJson | MalformedNote | IllegalArgumentException e) {
      throw new MalformedTrustFile(String.valueOf(e.getMessage()));
    }
  }

  private static BelievedLog logOfOneKey(JsonFields log) throws MalformedJson, MalformedNote {
    String origin = log.text("origin", ORIGIN_MAX);
    VerifierKey key = VerifierKey.parse(log.text("key", KEY_MAX));
    if (!key.name().equals(origin)) {
      throw log.at("key", "is the key of " + key.name() + ", not of " + origin);
    }
    return BelievedLog.of(List.of(key));
  }

  /** Reads the field {@code witnesses}, where it is there. */
  static Optional<WitnessPolicy> witnesses(JsonFields fields) throws MalformedJson, MalformedNote {
    if (!fields.has("witnesses")) {
      return Optional.empty();
    }
    List<String> lines =
        fields.texts("witnesses", 1, WitnessPolicy.LINES_MAX, WitnessPolicy.LINE_MAX);
    return Optional.of(WitnessPolicy.parse(String.join("\n", lines)));
  }

  /** Reads the fields {@code origin} and {@code keys}. */
  static BelievedLog log(JsonFields log) throws MalformedJson {
    String origin = log.text("origin", ORIGIN_MAX);
    List<BelievedKey> keys = new ArrayList<>();
    for (JsonFields key : log.objects("keys", 1, BelievedLog.KEYS_MAX)) {
      keys.add(BelievedKey.parse(key));
    }
    BelievedLog believed = new BelievedLog(keys);
    if (!believed.origin().equals(origin)) {
      throw log.at("keys", "are of " + believed.origin() + ", not of " + origin);
    }
    return believed;
  }

  /** The octets that {@link #parse} reads. */
  public Bytes format() {
    boolean said = !terms.isEmpty() || !timeRoots.isEmpty();
    boolean oneKey =
        !said
            && log.keys().size() == 1
            && !log.keys().get(0).isRevoked()
            && former.isEmpty()
            && revoked.isEmpty();
    JsonValue.Builder of = JsonValue.Obj.of().put("origin", log.origin());
    if (oneKey) {
      of.put("key", log.keys().get(0).key().format());
    } else {
      of.put("keys", log.keys().stream().map(BelievedKey::toJson).toList());
    }
    JsonValue.Builder fields =
        JsonValue.Obj.of()
            .put("version", oneKey ? ONE_KEY : said ? VERSION : NO_TERMS)
            .put("charity", charity)
            .put("log", of.build())
            .putTexts("seals", seals.stream().map(Hash::toHex).toList());
    if (!witnesses.equals(WitnessPolicy.NOBODY)) {
      fields.putTexts("witnesses", witnesses.lines());
    }
    if (!oneKey) {
      fields
          .put("former", former.stream().map(FormerLog::toJson).toList())
          .put("revokedSeals", revoked.stream().map(RevokedSeal::toJson).toList());
    }
    if (said) {
      fields
          .put("terms", terms.stream().map(SealTerm::toJson).toList())
          .putTexts("timeRoots", timeRoots.stream().map(TimeRoot::base64).toList());
    }
    byte[] json = CanonicalJson.encode(fields.build());
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return Bytes.of(line);
  }

  /**
   * Opens a checkpoint of the log of that name, open or closed.
   *
   * @throws NoteRejected when the charity has no such log, when no key of it that counts signed the
   *     checkpoint, or when it lies beside or beyond the last of a closed log
   * @throws MalformedCheckpoint when it is none
   */
  public SignedCheckpoint open(SignedNote note, String origin)
      throws NoteRejected, MalformedCheckpoint {
    try {
      SignedCheckpoint signed = logOf(origin).open(note, witnesses(origin));
      Optional<FormerLog> closed = closed(origin);
      if (closed.isPresent()) {
        closed.get().contains(signed.checkpoint());
      }
      return signed;
    } catch (StepFailed e) {
      throw new NoteRejected(String.valueOf(e.getMessage()));
    }
  }

  /**
   * As {@link #open}, of a log as it is today: no document binds that checkpoint to anything, so
   * enough witnesses have to have signed it as well.
   *
   * @throws NoteRejected also when they did not
   */
  public SignedCheckpoint openToday(SignedNote note, String origin)
      throws NoteRejected, MalformedCheckpoint {
    SignedCheckpoint signed = open(note, origin);
    Optional<String> missing = missingWitnesses(signed);
    if (missing.isPresent()) {
      throw new NoteRejected(missing.get());
    }
    return signed;
  }

  /**
   * Who signed a checkpoint, where that is not the quorum that this file asks for; empty when it
   * is. The last checkpoint of a closed log needs nobody: this file itself names it.
   */
  public Optional<String> missingWitnesses(SignedCheckpoint signed) throws NoteRejected {
    String origin = signed.checkpoint().origin();
    WitnessPolicy policy = witnesses(origin);
    boolean isLast =
        closed(origin).filter(former -> former.end().equals(signed.checkpoint())).isPresent();
    Set<String> by = policy.signed(signed.note());
    if (isLast || policy.asksNobody() || policy.satisfied(by)) {
      return Optional.empty();
    }
    return Optional.of(
        "of the witnesses that the trust file asks for, "
            + (by.isEmpty() ? "none" : String.join(", ", new TreeSet<>(by)))
            + " signed the log's checkpoint of "
            + signed.checkpoint().size()
            + " entries: not enough. One of just now may lack them for a minute, so try again;"
            + " an older one should not: ask the charity, and compare with another mirror");
  }

  /** Who must have signed the checkpoints of the log of that name: a closed log keeps its own. */
  public WitnessPolicy witnesses(String origin) {
    return closed(origin).map(FormerLog::witnesses).orElse(witnesses);
  }

  /** The log of that name, open or closed. */
  public Optional<BelievedLog> log(String origin) {
    return log.origin().equals(origin) ? Optional.of(log) : closed(origin).map(FormerLog::log);
  }

  /**
   * The log of that name, open or closed.
   *
   * @throws StepFailed when the charity has none
   */
  BelievedLog logOf(String origin) throws StepFailed {
    return log(origin)
        .orElseThrow(
            () ->
                new StepFailed("log " + origin + " is none of " + charity + "'s: " + log.origin()));
  }

  /** The closed log of that name. */
  public Optional<FormerLog> closed(String origin) {
    return former.stream().filter(closed -> closed.log().origin().equals(origin)).findFirst();
  }

  /** The same charity with other seals. */
  public TrustFile withSeals(List<Hash> all, List<SealTerm> when) {
    return new TrustFile(charity, log, all, witnesses, former, revoked, when, timeRoots);
  }

  /** The same charity after it revoked seals. */
  public TrustFile withRevoked(List<RevokedSeal> seals) {
    return new TrustFile(charity, log, this.seals, witnesses, former, seals, terms, timeRoots);
  }

  /** The same charity, which believes others for time. */
  public TrustFile withTimeRoots(List<TimeRoot> roots) {
    return new TrustFile(charity, log, seals, witnesses, former, revoked, terms, roots);
  }

  /** When the charity sealed with that seal, where it says so. */
  public Optional<SealTerm> term(Hash fingerprint) {
    return terms.stream().filter(term -> term.fingerprint().equals(fingerprint)).findFirst();
  }

  /** Certificates of the authorities whose time stamps are believed. */
  List<X509Certificate> timeCertificates() {
    return timeRoots.stream().map(TimeRoot::certificate).toList();
  }

  /** Since when that seal may have been in other hands. */
  public Optional<RevokedSeal> revocation(Hash fingerprint) {
    return revoked.stream().filter(seal -> seal.fingerprint().equals(fingerprint)).findFirst();
  }

  /** Whether a seal with this certificate is one of the charity's. */
  public boolean trusts(Hash fingerprint) {
    return seals.contains(fingerprint);
  }

  private static byte[] withoutNewline(byte[] octets) {
    boolean newline = octets.length > 0 && octets[octets.length - 1] == '\n';
    return newline ? Arrays.copyOf(octets, octets.length - 1) : octets;
  }
}
