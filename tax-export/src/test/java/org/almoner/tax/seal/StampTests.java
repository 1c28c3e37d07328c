package org.almoner.tax.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.pdf.Documents;
import org.almoner.tax.receipt.Sample;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seals with the time stamp of a real authority on loopback. */
class StampTests {
  private static final Instant AT = Documents.SEALED_AT;

  @TempDir static Path folder;
  private static byte[] unsealed;
  private static SealKey key;
  private static Authorities.Holder root;
  private static Authorities.Holder middle;
  private static Authorities.Holder clockmaker;
  private TimeDouble authority;

  @BeforeAll
  static void prepare() throws Exception {
    unsealed = Documents.unsealed();
    key =
        SealKey.openOrCreate(
            folder.resolve("seal.p12"), "Open Estuary", Documents.CLOCK, Documents.RANDOM);
    root = Authorities.root("Time Root");
    middle = Authorities.below(root, "Time Issuer");
    clockmaker = Authorities.forTime(middle, "Clockmaker", "EC");
  }

  @BeforeEach
  void open() throws Exception {
    authority =
        new TimeDouble(
            clockmaker,
            List.of(clockmaker.certificate(), middle.certificate(), root.certificate()),
            AT);
  }

  @AfterEach
  void close() {
    authority.close();
  }

  private Sealer sealer(X509Certificate... roots) {
    return Sealer.stamped(key, authority.believed(List.of(roots)));
  }

  private Sealer sealer() {
    return sealer(root.certificate());
  }

  private static IntactSeal intact(byte[] file) {
    return SealCheck.check(file)
        .match(
            intact -> intact,
            none -> {
              throw new AssertionError("no seal");
            },
            broken -> {
              throw new AssertionError(broken.sentence());
            });
  }

  private static SealFinding.Broken broken(byte[] file) {
    return (SealFinding.Broken) SealCheck.check(file);
  }

  private void refused(Sealer sealer, String why) {
    assertThatThrownBy(() -> sealer.seal(unsealed, AT))
        .isInstanceOf(SealRefused.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA"})
  void aStampedSealTellsWhenByWhom(String algorithm) throws Exception {
    Authorities.Holder other = Authorities.forTime(root, "Clock", algorithm);
    try (TimeDouble time = new TimeDouble(other, List.of(other.certificate()), AT.plusSeconds(3))) {
      byte[] sealed =
          Sealer.stamped(key, time.believed(List.of(root.certificate()))).seal(unsealed, AT);
      TimeStamp stamp = intact(sealed).stamp().orElseThrow();
      assertThat(stamp.time()).isEqualTo(AT.plusSeconds(3));
      assertThat(stamp.authority()).isEqualTo("Clock");
      assertThat(stamp.under(List.of(root.certificate()))).isTrue();
      assertThat(stamp.under(List.of(other.certificate()))).isTrue();
      assertThat(stamp.under(List.of(middle.certificate()))).isFalse();
      assertThat(stamp.under(List.of())).isFalse();
      assertThat(Arrays.equals(Arrays.copyOf(sealed, unsealed.length), unsealed)).isTrue();
    }
  }

  @Test
  void certificatesThatNobodyNeedsAreLeftOutAndThoseBetweenStay() throws Exception {
    IntactSeal seal = intact(sealer().seal(unsealed, AT));
    assertThat(seal.stamp().orElseThrow().under(List.of(root.certificate()))).isTrue();
    SealContainer container = container(sealer().seal(unsealed, AT));
    assertThat(StampToken.parse(container.stamp()).orElseThrow().certificates()).hasSize(2);
  }

  @Test
  void theDateThatIsPrintedIsKnown() throws Exception {
    assertThat(intact(sealer().seal(unsealed, AT)).dated()).contains(new Sample().issued);
  }

  @Test
  void anAuthorityThatFailsTwiceIsAskedAgain() throws Exception {
    authority.failing = 2;
    assertThat(intact(sealer().seal(unsealed, AT)).stamp()).isPresent();
    assertThat(authority.asked()).isEqualTo(3);
  }

  @Test
  void oneThatDoesNotAnswerEndsTheSealingInOneSentence() {
    authority.failing = 99;
    refused(sealer(), "did not answer, asked 3 times (the last time: it answered with HTTP status");
    authority.close();
    refused(sealer(), "nothing was sealed without its stamp");
  }

  @Test
  void whetherItCanBeSealedIsKnownWithoutADocument() throws Exception {
    sealer().requireReady(AT);
    assertThat(authority.asked()).isEqualTo(1);
    authority.failing = 99;
    assertThatThrownBy(() -> sealer().requireReady(AT))
        .isInstanceOf(SealRefused.class)
        .hasMessageContaining("did not answer, asked 3 times");
    Sealer.with(key).requireReady(AT);
    assertThatThrownBy(() -> Sealer.with(key).requireReady(key.expires().plusSeconds(1)))
        .isInstanceOf(SealRefused.class);
  }

  @Test
  void anAnswerThatNeverEndsIsCutOff() {
    authority.surplus = StampLine.ANSWER_BYTES_MAX;
    refused(sealer(), "more than 65536 octets");
  }

  @Test
  void oneThatRefusesIsQuoted() {
    authority.refusing = true;
    refused(sealer(), "out of hours");
  }

  @Test
  void anAnswerToAnotherQuestionIsRefused() throws Exception {
    authority.repeating = true;
    assertThat(sealer().seal(unsealed, AT)).isNotEmpty();
    refused(sealer(), "does not fit the question");
  }

  @Test
  void anAuthorityUnderAnotherRootIsRefused() throws Exception {
    refused(sealer(Authorities.root("Other").certificate()), "is under none of the roots");
  }

  @Test
  void aClockThatIsWrongIsRefused() {
    authority.clock = AT.plus(Duration.ofMinutes(11));
    refused(sealer(), "set the clock right");
  }

  @Test
  void theStampOfAnotherDocumentIsRefused() throws Exception {
    Sample other = new Sample();
    other.number = "2026-000418";
    SealContainer theirs = container(sealer().seal(Documents.render(other.page()), AT));
    byte[] sealed = sealer().seal(unsealed, AT);
    SealContainer moved = container(sealed).stamped(theirs.stamp());
    assertThat(broken(with(sealed, moved)))
        .isEqualTo(
            new SealFinding.Broken(
                SealFault.TIME_STAMP, "the time stamp was made for another signature"));
  }

  @Test
  void aStampThatWasTakenOffIsMissed() throws Exception {
    byte[] sealed = sealer().seal(unsealed, AT);
    SealContainer with = container(sealed);
    SealContainer without = new SealContainer(with.certificates(), with.signature());
    assertThat(broken(with(sealed, without)).sentence())
        .isEqualTo("the time stamp that this document was sealed with was taken off");
  }

  @Test
  void aTokenInAnotherFormIsRefused() throws Exception {
    byte[] sealed = sealer().seal(unsealed, AT);
    SealContainer ours = container(sealed);
    StampToken token = StampToken.parse(ours.stamp()).orElseThrow();
    Bytes twin =
        new StampToken(
                token.certificates(),
                token.digest(),
                token.info(),
                token.attributes(),
                Bytes.of(Twin.of(token.signature().toArray())))
            .encode();
    assertThat(broken(with(sealed, ours.stamped(twin))).fault()).isEqualTo(SealFault.TIME_STAMP);
    Bytes alone =
        new StampToken(
                token.certificates().subList(1, 2),
                token.digest(),
                token.info(),
                token.attributes(),
                token.signature())
            .encode();
    assertThat(broken(with(sealed, ours.stamped(alone))).fault()).isEqualTo(SealFault.TIME_STAMP);
  }

  @Test
  void aChangedOctetOfTheStampIsSeen() throws Exception {
    byte[] sealed = sealer().seal(unsealed, AT);
    int from = from(sealed);
    int length = container(sealed).encode(digest(sealed)).length;
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 60; i++) {
      byte[] file = sealed.clone();
      int at = from + 1 + random.nextInt(2 * length);
      file[at] = (byte) HexFormat.of().toHighHexDigit(random.nextInt(256));
      if (file[at] != sealed[at]) {
        assertThat(believed(file)).as("octet %d", at).isFalse();
      }
    }
  }

  /** The signature under the certificate next to the root can be checked with the root alone. */
  private static boolean believed(byte[] file) {
    return SealCheck.check(file)
        .match(
            intact -> intact.stamp().orElseThrow().under(List.of(root.certificate())),
            none -> false,
            broken -> false);
  }

  @Test
  void aStampBesideTheValidityOfTheSealsCertificateIsRefused() throws Exception {
    byte[] late =
        Seal.unguarded(
            unsealed,
            key,
            List.of((signature, now) -> stampAt(signature, Instant.parse("2046-06-01T00:00:00Z"))),
            AT);
    assertThat(broken(late).fault()).isEqualTo(SealFault.CERTIFICATE);
  }

  private Bytes stampAt(Bytes signature, Instant time) throws SealRefused {
    Instant before = authority.clock;
    authority.clock = time;
    try {
      Authorities.Holder longLived = Authorities.forTime(root, "Clock", "EC");
      try (TimeDouble later = new TimeDouble(longLived, List.of(longLived.certificate()), time)) {
        return later.believed(List.of(longLived.certificate())).stamp(signature, time);
      }
    } catch (SealRefused e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    } finally {
      authority.clock = before;
    }
  }

  private static int from(byte[] sealed) {
    return text(sealed).lastIndexOf("/Contents <") + "/Contents ".length();
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static byte[] padded(byte[] sealed) {
    int from = from(sealed);
    return HexFormat.of()
        .parseHex(text(sealed).substring(from + 1, text(sealed).indexOf('>', from)));
  }

  private static Hash digest(byte[] sealed) {
    return SealContainer.digest(padded(sealed)).orElseThrow();
  }

  private static SealContainer container(byte[] sealed) {
    return SealContainer.parse(padded(sealed), digest(sealed)).orElseThrow();
  }

  /** The file with another container in its gap. */
  private static byte[] with(byte[] sealed, SealContainer container) {
    byte[] octets = Arrays.copyOf(container.encode(digest(sealed)), Seal.STAMPED_BYTES);
    byte[] digits = HexFormat.of().formatHex(octets).getBytes(StandardCharsets.US_ASCII);
    byte[] file = sealed.clone();
    System.arraycopy(digits, 0, file, from(sealed) + 1, digits.length);
    return file;
  }
}
