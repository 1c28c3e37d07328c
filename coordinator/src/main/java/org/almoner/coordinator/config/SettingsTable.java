package org.almoner.coordinator.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.almoner.ledger.entry.Rates;

/**
 * Every setting there is. Reading, help, {@code config show} and the settings' page are made of
 * this table.
 */
public final class SettingsTable {
  private static final int TEXT_MAX = 200;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** Where to listen. */
  public static final Setting<String> LISTEN =
      Setting.of(
          "listen",
          Form.hostPort("127.0.0.1:7421"),
          "127.0.0.1:7421",
          "Where to listen; port 0 takes a free one");

  /** Name of the log; empty draws one at the first start. */
  public static final Setting<String> ORIGIN =
      Setting.of(
          "origin",
          Form.text(TEXT_MAX),
          "",
          "Name of the log, such as log.example.org/2026; fixed at the first start, and drawn there"
              + " when it is not given");

  /** Certificate chain for TLS. */
  public static final Setting<Path> TLS_CERTIFICATE =
      Setting.unset(
          "tls.certificate",
          Form.file(),
          "PEM file with the certificate and its chain; TLS is required beyond this computer");

  /** Private key for TLS. */
  public static final Setting<Path> TLS_KEY =
      Setting.unset("tls.key", Form.file(), "PEM file with the private key of tls.certificate");

  /** Certificate and key in one file. */
  public static final Setting<Path> TLS_KEYSTORE =
      Setting.unset(
              "tls.keystore",
              Form.file(),
              "PKCS#12 file with certificate and key, instead of tls.certificate and tls.key")
          .flag("--tls");

  /** File of the keystore's password. */
  public static final Setting<Path> TLS_PASSWORD_FILE =
      Setting.unset(
          "tls.password-file", Form.file(), "File that holds the password of tls.keystore");

  /** The keystore's password itself. */
  public static final Setting<String> TLS_PASSWORD =
      Setting.unset(
              "tls.password",
              Form.secret(),
              "The password itself, for those who keep secrets in the environment; a file that"
                  + " holds it must be readable by this account alone")
          .asSecret();

  /** The charity's name; empty for the one in the trust file. */
  public static final Setting<String> CHARITY_NAME =
      Setting.of(
              "charity.name",
              Form.text(TEXT_MAX),
              "",
              "The charity's legal name, as documents and the seal carry it; later starts keep it")
          .flag("--charity");

  /** The charity's address. */
  public static final Setting<List<String>> CHARITY_ADDRESS =
      Setting.of(
          "charity.address",
          Form.lines(TEXT_MAX),
          List.of(),
          "The charity's address, line by line, as documents print it");

  /** How donors reach the charity. */
  public static final Setting<String> CHARITY_CONTACT =
      Setting.of(
          "charity.contact",
          Form.text(TEXT_MAX),
          "",
          "How donors reach the charity, as documents print it");

  /** The charity's registration. */
  public static final Setting<String> CHARITY_REGISTRATION =
      Setting.of(
          "charity.registration",
          Form.text(TEXT_MAX),
          "",
          "The charity's registration, as documents print it");

  /** The charity's seal. */
  public static final Setting<Path> SEAL_KEY =
      Setting.unset(
          "receipts.seal-key",
          Form.file(),
          "PKCS#12 file with the charity's seal, P-256 or RSA of 3072 bits or more, and its"
              + " certificates; without it Almoner makes its own in the data folder");

  /** File of the seal's password. */
  public static final Setting<Path> SEAL_PASSWORD_FILE =
      Setting.unset(
          "receipts.seal-password-file",
          Form.file(),
          "File that holds the password of receipts.seal-key");

  /** The seal's password itself. */
  public static final Setting<String> SEAL_PASSWORD =
      Setting.unset(
              "receipts.seal-password",
              Form.secret(),
              "The password itself, for those who keep secrets in the environment; a file that"
                  + " holds it must be readable by this account alone")
          .asSecret();

  /** Who attests when documents are sealed. */
  public static final Setting<String> TIME_AUTHORITY =
      Setting.unset(
          "receipts.tsa",
          Form.text(TEXT_MAX),
          "Address of a time-stamping authority (RFC 3161): every document is sealed with its time"
              + " stamp, and none without");

  /** Whose time stamps are believed. */
  public static final Setting<Path> TIME_ROOTS =
      Setting.unset(
          "receipts.tsa-roots",
          Form.file(),
          "PEM file with the root certificates under which receipts.tsa must be; the trust file"
              + " names them to readers");

  /** The charity's logo. */
  public static final Setting<Path> RECEIPTS_LOGO =
      Setting.unset(
          "receipts.logo",
          Form.file(),
          "The charity's logo on documents: plain SVG, or PNG of at most 1200 x 1200 pixels");

  /** The charity's colours. */
  public static final Setting<List<String>> RECEIPTS_COLOURS =
      Setting.of(
          "receipts.colours",
          Form.lines(TEXT_MAX),
          List.of(),
          "The charity's two colours on documents, such as #14344f and #1d6650: headings and rules,"
              + " and small captions; dark enough to read on white");

  /** Where fonts for Chinese, Japanese and Korean lie. */
  public static final Setting<String> RECEIPTS_FONTS =
      Setting.of(
          "receipts.fonts",
          Form.text(TEXT_MAX),
          "/usr/share/fonts/opentype/noto",
          "Folder with NotoSansCJK-Regular.ttc, for names in Chinese, Japanese and Korean; where"
              + " Debian's package fonts-noto-cjk puts it");

  /** The policy of witnesses. */
  public static final Setting<Path> WITNESSES =
      Setting.unset(
          "witnesses",
          Form.file(),
          "Policy of witnesses (c2sp.org/tlog-policy): they are asked to sign each checkpoint, and"
              + " no document is issued before its quorum has; later starts keep it, 'quorum none'"
              + " ends it");

  /** How long a line rests. */
  public static final Setting<Duration> MATURITY =
      Setting.of(
              "settlement.maturity",
              Form.span(Duration.ZERO, Duration.ofDays(365)),
              Duration.ofDays(14),
              "How long a result rests before it is settled")
          .flag("--maturity");

  /** How long a batch that is over stays at hand. */
  public static final Setting<Duration> ARCHIVE_AFTER =
      Setting.of(
              "settlement.archive-after",
              Form.span(Duration.ZERO, Duration.ofDays(3_650)),
              Duration.ofDays(90),
              "How long after its last result a batch that is over stays in the store, where its"
                  + " units can be run again when a computer is caught")
          .flag("--archive-after");

  /** Whether statements wait for the end of the year. */
  public static final Setting<String> PERIOD =
      Setting.of(
              "statements.period",
              Form.words("closed", "open"),
              "closed",
              "Whether statements wait until the year has closed")
          .flag("--period");

  /** Profiles in use. */
  public static final Setting<List<String>> PROFILES =
      Setting.of(
          "receipts.profiles",
          Form.lines(TEXT_MAX),
          List.of(),
          "Ids of the jurisdiction profiles in use beside generic, in the order in which they are"
              + " tried; each needs a review in receipts.reviews");

  /** Where profiles of the charity's own lie. */
  public static final Setting<Path> PROFILE_FOLDER =
      Setting.unset(
          "receipts.profile-folder",
          Form.file(),
          "Folder of the charity's own profiles, ID.yaml each");

  /** The reviews of profiles. */
  public static final Setting<Path> REVIEWS =
      Setting.unset(
          "receipts.reviews",
          Form.file(),
          "File with the lawyers' reviews of profiles and the charity's facts that they ask for");

  /** Shortest lease. */
  public static final Setting<Duration> LEASE =
      Setting.of(
              "dispatch.lease",
              Form.span(SECOND, Duration.ofDays(30)),
              Duration.ofHours(1),
              "Shortest time an agent has for its work")
          .flag("--lease");

  /** Wait of an agent without work. */
  public static final Setting<Duration> RETRY =
      Setting.of(
              "dispatch.retry",
              Form.span(SECOND, Duration.ofHours(1)),
              Duration.ofSeconds(30),
              "How long an agent without work waits, on average")
          .flag("--retry");

  /** Time between two renewals. */
  public static final Setting<Duration> RENEWAL =
      Setting.of(
              "dispatch.renewal",
              Form.span(SECOND, Duration.ofSeconds(200)),
              Duration.ofSeconds(150),
              "How long an agent with work in hand waits, on average, before it says how far that"
                  + " has come and hears what to stop")
          .flag("--renew");

  /** Whether batches begin with a few units. */
  public static final Setting<Boolean> PILOT =
      Setting.of(
              "dispatch.pilot",
              Form.onOff(),
              true,
              "Whether the first three units of a batch run alone and show what one takes")
          .flag("--no-pilot", "off");

  /** Requests that may wait. */
  public static final Setting<Integer> QUEUE =
      Setting.of(
          "dispatch.queue",
          Form.number(1, 1_000_000),
          10_000,
          "Requests that may wait for the writer; more are told to come back");

  /** Rate of the operator's own computer. */
  public static final Setting<Integer> REFERENCE_RATE =
      Setting.of(
          "dispatch.reference-rate",
          Form.number(0, (int) Rates.RATE_MAX),
          0,
          "Instructions in a millisecond that starter units reach on your own computer: a quarter"
              + " of it is believed of releases that fewer than 20 donors ran; 0 when not"
              + " measured");

  /** Whether agents begin with a starter unit. */
  public static final Setting<Boolean> STARTER =
      Setting.of(
              "dispatch.starter",
              Form.onOff(),
              true,
              "Whether a new computer's first unit has a known answer, which shows whether it"
                  + " computes right")
          .flag("--no-starter", "off");

  /** Shares of projects. */
  public static final Setting<SortedMap<String, Integer>> WEIGHTS =
      Setting.<SortedMap<String, Integer>>of(
              "dispatch.weights",
              Form.weights(),
              new TreeMap<>(),
              "How owners share the computers, as name and weight; an owner who is not named weighs"
                  + " 1")
          .flag("--share");

  /** Open connections. */
  public static final Setting<Integer> CONNECTIONS =
      Setting.of(
          "limits.connections",
          Form.number(1, 100_000),
          4_096,
          "Open connections; for one more the one that rests longest ends");

  /** Requests of one address. */
  public static final Setting<Integer> REQUESTS_PER_ADDRESS =
      Setting.of(
              "limits.requests-per-minute-per-address",
              Form.number(60, 100_000_000),
              6_000,
              "How often one address may ask without a token; all agents behind one router share"
                  + " it")
          .flag("--requests-per-minute-per-address");

  /** Requests with one token. */
  public static final Setting<Integer> REQUESTS_PER_ACCOUNT =
      Setting.of(
              "limits.requests-per-minute-per-account",
              Form.number(60, 100_000_000),
              60_000,
              "How often one token may ask; an agent has a fiftieth of it")
          .flag("--requests-per-minute-per-account");

  /** Proxies that are believed. */
  public static final Setting<List<String>> TRUSTED_PROXIES =
      Setting.of(
              "limits.trusted-proxies",
              Form.lines(TEXT_MAX),
              List.of(),
              "Proxies that are believed when they name the client in X-Forwarded-For, as addresses"
                  + " such as 127.0.0.1 or blocks such as 10.0.0.0/8")
          .flag("--trusted-proxy");

  /** Ballast. */
  public static final Setting<Long> DISK_RESERVE =
      Setting.of(
          "disk.reserve",
          Form.size(0, 64 * GIB),
          256 * MIB,
          "Size of a file that is kept to be given up when the disk is all but full");

  /** Free space below which nothing is written. */
  public static final Setting<Long> DISK_LOW_WATER =
      Setting.of(
          "disk.low-water",
          Form.size(0, 1_024 * GIB),
          512 * MIB,
          "Free space below which nothing more is accepted until there is a quarter more");

  /** Memory for the store's pages. */
  public static final Setting<Long> STORE_MEMORY =
      Setting.of(
          "store.memory",
          Form.size(64 * MIB, 1_024 * GIB),
          256 * MIB,
          "Memory for the store's pages; the store on disk may be larger");

  /** How lines of the operator's log look. */
  public static final Setting<String> LOG_FORMAT =
      Setting.of(
          "log.format",
          Form.words("text", "json"),
          "text",
          "How the operator's log is written: lines for people, or one JSON object in each");

  /** Which lines of the operator's log are written. */
  public static final Setting<String> LOG_LEVEL =
      Setting.of(
          "log.level",
          Form.words("error", "warn", "info", "debug"),
          "info",
          "The least that is written to the operator's log");

  /** All of them, in the order of the page. */
  public static final List<Setting<?>> ALL =
      List.of(
          LISTEN,
          ORIGIN,
          TLS_CERTIFICATE,
          TLS_KEY,
          TLS_KEYSTORE,
          TLS_PASSWORD_FILE,
          TLS_PASSWORD,
          CHARITY_NAME,
          CHARITY_ADDRESS,
          CHARITY_CONTACT,
          CHARITY_REGISTRATION,
          SEAL_KEY,
          SEAL_PASSWORD_FILE,
          SEAL_PASSWORD,
          TIME_AUTHORITY,
          TIME_ROOTS,
          RECEIPTS_LOGO,
          RECEIPTS_COLOURS,
          RECEIPTS_FONTS,
          WITNESSES,
          MATURITY,
          ARCHIVE_AFTER,
          PERIOD,
          PROFILES,
          PROFILE_FOLDER,
          REVIEWS,
          LEASE,
          RETRY,
          RENEWAL,
          PILOT,
          QUEUE,
          REFERENCE_RATE,
          STARTER,
          WEIGHTS,
          CONNECTIONS,
          REQUESTS_PER_ADDRESS,
          REQUESTS_PER_ACCOUNT,
          TRUSTED_PROXIES,
          DISK_RESERVE,
          DISK_LOW_WATER,
          STORE_MEMORY,
          LOG_FORMAT,
          LOG_LEVEL);

  private SettingsTable() {}

  static List<String> names() {
    return ALL.stream().<String>map(Setting::name).toList();
  }

  /** What a word in the file may have been meant to be. */
  static List<String> namesAndGroups() {
    return Stream.concat(
            names().stream(),
            names().stream()
                .filter(name -> name.indexOf('.') > 0)
                .map(name -> name.substring(0, name.indexOf('.'))))
        .distinct()
        .toList();
  }

  static Optional<Setting<?>> find(String name) {
    return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
  }
}
