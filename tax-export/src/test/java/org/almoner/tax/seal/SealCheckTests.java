package org.almoner.tax.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.pdf.Documents;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.receipt.Sample;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealCheckTests {
  @TempDir static Path folder;
  private static SealKey key;
  private static SealKey stranger;
  private static byte[] unsealed;
  private static byte[] sealed;
  private static int from;
  private static int to;

  @BeforeAll
  static void seal() throws Exception {
    key =
        SealKey.openOrCreate(
            folder.resolve("seal.p12"), "Open Estuary", Documents.CLOCK, Documents.RANDOM);
    stranger =
        SealKey.openOrCreate(
            folder.resolve("other.p12"), "Open Estuary", Documents.CLOCK, Documents.RANDOM);
    unsealed = Documents.unsealed();
    sealed = Seal.seal(unsealed, key, Documents.SEALED_AT);
    from = text(sealed).lastIndexOf("/Contents <") + "/Contents ".length();
    to = text(sealed).indexOf('>', from) + 1;
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static SealFault fault(byte[] file) {
    return broken(file).fault();
  }

  private static SealFinding.Broken broken(byte[] file) {
    return SealCheck.check(file)
        .match(
            intact -> {
              throw new AssertionError("found " + intact);
            },
            none -> {
              throw new AssertionError("found no seal");
            },
            broken -> broken);
  }

  private static byte[] changed(int at, int put) {
    byte[] file = sealed.clone();
    file[at] = (byte) put;
    return file;
  }

  /** The sealed file with other octets in its signature's gap. */
  private static byte[] container(byte[] container) {
    byte[] padded = Arrays.copyOf(container, Seal.PLAIN_BYTES.get(0));
    byte[] file = sealed.clone();
    byte[] digits = octets(HexFormat.of().formatHex(padded));
    System.arraycopy(digits, 0, file, from + 1, digits.length);
    return file;
  }

  /** The container without its padding; its own length counts, for it may end in a zero. */
  private static byte[] container() {
    byte[] padded = HexFormat.of().parseHex(text(sealed).substring(from + 1, to - 1));
    assertThat(padded).startsWith(0x30, 0x82);
    int length = 4 + ((padded[2] & 0xff) << 8) + (padded[3] & 0xff);
    return Arrays.copyOf(padded, length);
  }

  private static Hash digest() {
    MessageDigest digest = Hash.newDigest();
    digest.update(sealed, 0, from);
    digest.update(sealed, to, sealed.length - to);
    return Hash.of(digest.digest());
  }

  @Test
  void aSealedDocumentIsIntactAndNamesItsKeyAndTime() {
    IntactSeal seal =
        SealCheck.check(sealed)
            .match(
                intact -> intact,
                none -> {
                  throw new AssertionError();
                },
                broken -> {
                  throw new AssertionError(broken.sentence());
                });
    assertThat(seal.fingerprint()).isEqualTo(key.fingerprint());
    assertThat(seal.name()).isEqualTo("Open Estuary");
    assertThat(seal.claimedTime()).isEqualTo(Documents.SEALED_AT);
    assertThat(seal.unsealedLength()).isEqualTo(unsealed.length);
  }

  @Test
  void theUnsealedFileIsTheBeginningOfTheSealedOne() {
    assertThat(Arrays.equals(Arrays.copyOf(sealed, unsealed.length), unsealed)).isTrue();
  }

  @Test
  void sealingKeepsTheEvidence() throws Exception {
    assertThat(PdfEvidence.read(sealed))
        .isEqualTo(new PdfEvidence(Documents.STATEMENT, Documents.PROOF));
  }

  @Test
  void anUnsealedDocumentHasNoSeal() {
    assertThat(SealCheck.check(unsealed)).isEqualTo(new SealFinding.Unsealed());
  }

  @Test
  void aDocumentIsSealedOnce() {
    assertThatThrownBy(() -> Seal.seal(sealed, key, Documents.SEALED_AT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no empty field");
    assertThatThrownBy(() -> Seal.seal(new byte[10], key, Documents.SEALED_AT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Where in the file an octet is changed. */
  enum Place {
    HEADER(() -> 5),
    CONTENT(() -> unsealed.length / 2),
    METADATA(() -> text(sealed).indexOf("pdfaid:part") + 13),
    FIRST_TABLE(() -> unsealed.length - 120),
    SEAL_DICTIONARY(() -> text(sealed).lastIndexOf("/SubFilter") + 4),
    CLAIMED_TIME(() -> text(sealed).lastIndexOf("D:20270115") + 5),
    SEAL_METADATA(() -> text(sealed).lastIndexOf("pdfaid:part") + 13),
    LAST_TABLE(() -> sealed.length - 60),
    END(() -> sealed.length - 2);

    private final java.util.function.IntSupplier at;

    Place(java.util.function.IntSupplier at) {
      this.at = at;
    }
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void aChangedOctetIsSeenWhereverItIs(Place place) {
    int at = place.at.getAsInt();
    assertThat(fault(changed(at, sealed[at] ^ 1))).isNotNull();
  }

  @Test
  void aChangedDocumentIsCalledThat() {
    int at = text(sealed).indexOf("pdfaid:part") + 13;
    assertThat(broken(changed(at, '4')))
        .isEqualTo(
            new SealFinding.Broken(
                SealFault.CONTENT_ALTERED, "the document was changed after it was sealed"));
  }

  @Test
  void anyOctetOfTheGapIsSeen() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 60; i++) {
      int at = from + random.nextInt(to - from);
      assertThat(fault(changed(at, sealed[at] ^ 1)))
          .isIn(
              SealFault.CONTAINER_ALTERED,
              SealFault.NOT_OURS,
              SealFault.NOT_WHOLE_FILE,
              SealFault.UNREADABLE);
    }
  }

  @Test
  void digitsInUpperCaseAreRefused() {
    int at = from + 1;
    while (sealed[at] < 'a') {
      at++;
    }
    assertThat(fault(changed(at, sealed[at] - 32))).isEqualTo(SealFault.CONTAINER_ALTERED);
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', 'f', ' ', '\n'})
  void paddingThatIsNotZerosIsRefused(char digit) {
    assertThat(fault(changed(to - 3, digit))).isEqualTo(SealFault.CONTAINER_ALTERED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", " ", "%", "%%EOF\n", "\u0000", "\n%%EOF\n%%EOF"})
  void anythingAfterTheEndIsSeen(String added) {
    assertThat(fault(octets(text(sealed) + added)))
        .isIn(SealFault.ADDED_AFTER, SealFault.CONTENT_ALTERED, SealFault.UNREADABLE);
  }

  @Test
  void anUpdateAfterTheSealIsSeen() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PdfDocument pdf =
        new PdfDocument(
            new PdfReader(new ByteArrayInputStream(sealed)),
            new PdfWriter(out),
            new StampingProperties().useAppendMode())) {
      pdf.getDocumentInfo().setTitle("Another title");
    }
    assertThat(fault(out.toByteArray())).isEqualTo(SealFault.ADDED_AFTER);
  }

  @Test
  void aFileWithoutItsLastOctetsIsSeen() {
    for (int less : new int[] {1, 2, 10, 200, 3000, 8000}) {
      assertThat(fault(Arrays.copyOf(sealed, sealed.length - less)))
          .isIn(
              SealFault.NOT_WHOLE_FILE,
              SealFault.UNREADABLE,
              SealFault.NOT_OURS,
              SealFault.CONTENT_ALTERED);
    }
  }

  @Test
  void cuttingTheSealOffLeavesAnUnsealedDocumentAndNothingBetter() {
    assertThat(SealCheck.check(Arrays.copyOf(sealed, unsealed.length)))
        .isEqualTo(new SealFinding.Unsealed());
  }

  @Test
  void theSealOfAnotherDocumentIsRefused() throws Exception {
    Sample other = new Sample();
    other.number = "2026-000418";
    byte[] otherSealed = Seal.seal(Documents.render(other.page()), key, Documents.SEALED_AT);
    String taken = text(otherSealed);
    int start = taken.lastIndexOf("/Contents <") + "/Contents ".length();
    byte[] file = sealed.clone();
    System.arraycopy(otherSealed, start, file, from, to - from);
    assertThat(fault(file)).isEqualTo(SealFault.CONTENT_ALTERED);
  }

  @Test
  void aStrangersSealIsIntactButHasAnotherFingerprint() throws Exception {
    byte[] file = Seal.seal(unsealed, stranger, Documents.SEALED_AT);
    assertThat(SealCheck.check(file))
        .isInstanceOfSatisfying(
            IntactSeal.class,
            seal -> assertThat(seal.fingerprint()).isEqualTo(stranger.fingerprint()));
  }

  @Test
  void aStrangersSignatureUnderOurCertificateIsRefused() {
    List<Bytes> ours = key.certificates();
    byte[] signature = stranger.sign(SealContainer.signedAttributes(ours, digest()));
    byte[] forged = new SealContainer(ours, Bytes.of(signature)).encode(digest());
    assertThat(broken(container(forged)).sentence())
        .isEqualTo("the signature was not made by the certificate's key");
  }

  @Test
  void theTwinOfTheSignatureIsRefused() throws Exception {
    SealContainer ours = SealContainer.parse(container(), digest()).orElseThrow();
    byte[] twin = Twin.of(ours.signature().toArray());
    byte[] forged = new SealContainer(ours.certificates(), Bytes.of(twin)).encode(digest());
    assertThat(fault(container(forged))).isEqualTo(SealFault.CONTAINER_ALTERED);
  }

  @Test
  void aContainerThatIsPutBackIsTheSame() {
    assertThat(SealCheck.check(container(container()))).isInstanceOf(IntactSeal.class);
  }

  @Test
  void aSecondCertificateInTheContainerIsRefused() throws Exception {
    SignedData data = signedData();
    DERSet two =
        new DERSet(
            new org.bouncycastle.asn1.ASN1Encodable[] {
              data.getCertificates().getObjectAt(0),
              Certificate.getInstance(stranger.certificateDer())
            });
    assertThat(
            fault(
                container(
                    encoded(
                        new SignedData(
                            data.getDigestAlgorithms(),
                            data.getEncapContentInfo(),
                            two,
                            null,
                            data.getSignerInfos())))))
        .isEqualTo(SealFault.CONTAINER_ALTERED);
  }

  @Test
  void anUnsignedAttributeInTheContainerIsRefused() throws Exception {
    SignedData data = signedData();
    SignerInfo info = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
    ASN1EncodableVector unsigned = new ASN1EncodableVector();
    unsigned.add(
        new Attribute(
            PKCSObjectIdentifiers.pkcs_9_at_unstructuredName,
            new DERSet(new DERUTF8String("note"))));
    SignerInfo noted =
        new SignerInfo(
            info.getSID(),
            info.getDigestAlgorithm(),
            info.getAuthenticatedAttributes(),
            info.getDigestEncryptionAlgorithm(),
            info.getEncryptedDigest(),
            new DERSet(unsigned));
    assertThat(
            fault(
                container(
                    encoded(
                        new SignedData(
                            data.getDigestAlgorithms(),
                            data.getEncapContentInfo(),
                            data.getCertificates(),
                            null,
                            new DERSet(noted))))))
        .isEqualTo(SealFault.CONTAINER_ALTERED);
  }

  @Test
  void anotherEncodingOfTheSameContainerIsRefused() throws Exception {
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(CMSObjectIdentifiers.signedData);
    parts.add(new org.bouncycastle.asn1.BERTaggedObject(true, 0, signedData()));
    byte[] ber = new BERSequence(parts).getEncoded(ASN1Encoding.BER);
    assertThat(fault(container(ber))).isEqualTo(SealFault.CONTAINER_ALTERED);
  }

  private static SignedData signedData() {
    return SignedData.getInstance(ContentInfo.getInstance(container()).getContent());
  }

  private static byte[] encoded(SignedData data) throws Exception {
    return new ContentInfo(CMSObjectIdentifiers.signedData, data).getEncoded(ASN1Encoding.DER);
  }

  @ParameterizedTest
  @CsvSource({"2025-12-31T23:59:59Z", "2047-01-01T00:00:00Z"})
  void aTimeOutsideTheCertificatesValidityIsRefused(Instant at) throws Exception {
    assertThat(broken(Seal.unguarded(unsealed, key, List.of(), at)))
        .matches(broken -> broken.fault() == SealFault.CERTIFICATE)
        .matches(broken -> broken.sentence().contains("when its certificate was not valid"));
  }

  @Test
  void anEmptySealIsRefused() {
    assertThat(fault(container(new byte[0]))).isEqualTo(SealFault.CONTAINER_ALTERED);
  }
}
