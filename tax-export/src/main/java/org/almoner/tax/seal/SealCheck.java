package org.almoner.tax.seal;

import com.itextpdf.kernel.pdf.DocumentRevision;
import com.itextpdf.kernel.pdf.PdfDate;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfRevisionsReader;
import com.itextpdf.kernel.pdf.PdfString;
import com.itextpdf.signatures.PdfSignature;
import com.itextpdf.signatures.SignatureUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.pdf.UntrustedPdf;

/**
 * Looks whether a file is, octet for octet, what {@link Seal} made.
 *
 * <p>Stricter than a PDF reader: it accepts the one form our seal has. The signature covers the
 * whole file but its own hexadecimal digits; those must be the only encoding of certificates,
 * digest, signature and time stamp, in lower case, padded with zeros; nothing follows; and the file
 * has exactly two revisions, the document and its seal. So a sealed file has no second form that
 * also passes.
 */
public final class SealCheck {
  /** The document and its seal. */
  private static final int REVISIONS = 2;

  private static final byte[] END = "%%EOF\n".getBytes(StandardCharsets.US_ASCII);
  private static final String BEFORE_CONTENTS = "/Contents ";
  private static final String BEFORE_RANGE = "/ByteRange [";

  private SealCheck() {}

  /** What was found; never throws for any octets. */
  public static SealFinding check(byte[] file) {
    try {
      return inspect(file);
    } catch (MalformedDocument e) {
      return unreadable(file, String.valueOf(e.getMessage()));
    } catch (Fault fault) {
      return new SealFinding.Broken(fault.fault, fault.sentence);
    } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
      // The PDF library reports malformed files by many unchecked exceptions.
      return unreadable(file, "the file is no PDF that can be read: " + UntrustedPdf.reason(e));
    }
  }

  private static SealFinding unreadable(byte[] file, String sentence) {
    try {
      requireNoTrace(file);
      return new SealFinding.Broken(SealFault.UNREADABLE, sentence);
    } catch (Fault fault) {
      return new SealFinding.Broken(fault.fault, fault.sentence);
    }
  }

  /**
   * A file that no longer reads as a PDF, or not as a sealed one, may still hold the octets of a
   * seal: they tell what became of it.
   */
  private static void requireNoTrace(byte[] file) throws Fault {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int range = text.lastIndexOf(BEFORE_RANGE);
    int before = text.indexOf(BEFORE_CONTENTS + "<", Math.max(0, range));
    int from = before + BEFORE_CONTENTS.length();
    Gap gap = new Gap(from, text.indexOf('>', from) + 1);
    if (range >= 0 && before >= 0 && gap.hasRoom()) {
      verified(container(file, gap), around(file, gap));
    }
  }

  /** Digest of the file but the gap. */
  private static Hash around(byte[] file, Gap gap) {
    MessageDigest digest = Hash.newDigest();
    digest.update(file, 0, gap.from);
    digest.update(file, gap.to, file.length - gap.to);
    return Hash.of(digest.digest());
  }

  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final SealFault fault;
    private final String sentence;

    Fault(SealFault fault, String sentence) {
      super(sentence);
      this.fault = fault;
      this.sentence = sentence;
    }
  }

  private static SealFinding inspect(byte[] file) throws Fault, MalformedDocument, IOException {
    try (UntrustedPdf pdf = UntrustedPdf.open(file)) {
      SignatureUtil signatures = new SignatureUtil(pdf.document());
      List<String> names = signatures.getSignatureNames();
      if (names.isEmpty()) {
        requireNoTrace(file);
        if (!endsWith(file, file.length, END)) {
          throw new Fault(
              SealFault.UNREADABLE, "the file does not end as a PDF does; it may be cut off");
        }
        return new SealFinding.Unsealed();
      }
      if (names.size() > 1) {
        throw new Fault(
            SealFault.SECOND_SIGNATURE,
            "the file has " + names.size() + " signatures; a sealed statement has one");
      }
      return intact(file, pdf, ours(signatures, names.get(0)));
    }
  }

  private static PdfDictionary ours(SignatureUtil signatures, String name) throws Fault {
    PdfSignature signature = signatures.getSignature(name);
    if (!name.equals(StatementPdf.SEAL_FIELD)
        || signature == null
        || !PdfName.Adobe_PPKLite.equals(signature.getPdfObject().getAsName(PdfName.Filter))
        || !Seal.SUB_FILTER.equals(signature.getPdfObject().getAsName(PdfName.SubFilter))
        || signature.getByteRange() == null
        || signature.getContents() == null) {
      throw new Fault(
          SealFault.NOT_OURS,
          "the file's signature \"" + name + "\" is none of a statement's seal");
    }
    return signature.getPdfObject();
  }

  private static IntactSeal intact(byte[] file, UntrustedPdf pdf, PdfDictionary signature)
      throws Fault, IOException {
    Gap gap = gap(file, signature);
    List<DocumentRevision> revisions = new PdfRevisionsReader(pdf.reader()).getAllRevisions();
    if (revisions.size() != REVISIONS) {
      throw new Fault(
          SealFault.ADDED_AFTER,
          "the file has "
              + revisions.size()
              + " revisions; a sealed statement has two, the document and its seal");
    }
    byte[] padded = container(file, gap);
    PdfString contents = signature.getAsString(PdfName.Contents);
    if (contents == null || !Arrays.equals(contents.getValueBytes(), padded)) {
      throw new Fault(
          SealFault.CONTAINER_ALTERED, "the signature that is read is not the one in the gap");
    }
    Hash document = around(file, gap);
    SealContainer container = verified(padded, document);
    X509Certificate certificate = certificate(container);
    Instant time = time(signature);
    usable(certificate, time);
    signed(certificate, container, document);
    return new IntactSeal(
        Hash.sha256(container.signer().toArray()),
        CommonName.of(certificate),
        time,
        unsealedLength(file, Math.toIntExact(revisions.get(0).getEofOffset())),
        certificate.getNotAfter().toInstant(),
        dated(pdf.document()),
        stamps(container, certificate));
  }

  /** The date of issue, as the document's properties have it. */
  private static List<LocalDate> dated(PdfDocument document) {
    String created = document.getDocumentInfo().getMoreInfo(PdfName.CreationDate.getValue());
    Calendar date = created == null ? null : PdfDate.decode(created);
    return date == null
        ? List.of()
        : List.of(LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC));
  }

  /** The time stamp; it must fall into the validity of the certificate that sealed. */
  private static List<TimeStamp> stamps(SealContainer container, X509Certificate certificate)
      throws Fault {
    if (!container.isStamped()) {
      return List.of();
    }
    Optional<StampToken> token = StampToken.parse(container.stamp());
    if (token.isEmpty()) {
      throw new Fault(
          SealFault.TIME_STAMP, "the time stamp is not in the one form that a seal carries");
    }
    try {
      TimeStamp stamp = TimeStamp.check(token.get(), container.signature());
      if (stamp.time().isBefore(certificate.getNotBefore().toInstant())
          || stamp.time().isAfter(certificate.getNotAfter().toInstant())) {
        throw new Fault(
            SealFault.CERTIFICATE,
            "stamped " + stamp.time() + ", when its certificate was not valid");
      }
      return List.of(stamp);
    } catch (StampRejected e) {
      throw new Fault(SealFault.TIME_STAMP, String.valueOf(e.getMessage()));
    }
  }

  /** Length of the first revision: the library counts the newline that the seal began with. */
  private static int unsealedLength(byte[] file, int endOfFirst) throws Fault {
    for (int length = endOfFirst; length >= endOfFirst - 1; length--) {
      if (endsWith(file, length, END)) {
        return length;
      }
    }
    throw new Fault(SealFault.NOT_OURS, "what was sealed does not end as a statement does");
  }

  private static boolean endsWith(byte[] file, int length, byte[] end) {
    return length >= end.length
        && length <= file.length
        && Arrays.equals(file, length - end.length, length, end, 0, end.length);
  }

  /** The octets the signature does not cover: from the {@code <} on, up to behind the {@code >}. */
  private record Gap(int from, int to) {
    /** Room for digits in the gap, in octets. */
    int room() {
      return (to - from - 2) / 2;
    }

    boolean hasRoom() {
      return (to - from) % 2 == 0
          && (room() == Seal.STAMPED_BYTES || Seal.PLAIN_BYTES.contains(room()));
    }
  }

  private static Gap gap(byte[] file, PdfDictionary signature) throws Fault {
    long[] range = new PdfSignature(signature).getByteRange().toLongArray();
    if (range.length != 4 || range[0] != 0 || range[1] < 0 || range[2] < range[1] || range[3] < 0) {
      throw new Fault(
          SealFault.NOT_WHOLE_FILE,
          "the signature covers " + Arrays.toString(range) + ", not the whole file with one gap");
    }
    long end = range[2] + range[3];
    if (range[2] > file.length || end != file.length) {
      throw new Fault(
          end < file.length ? SealFault.ADDED_AFTER : SealFault.NOT_WHOLE_FILE,
          "the signature covers the file to octet " + end + ", the file has " + file.length);
    }
    Gap gap = new Gap((int) range[1], (int) range[2]);
    int before = gap.from - BEFORE_CONTENTS.length();
    boolean contents =
        before >= 0
            && new String(file, before, BEFORE_CONTENTS.length(), StandardCharsets.ISO_8859_1)
                .equals(BEFORE_CONTENTS);
    if (!contents || !gap.hasRoom()) {
      throw new Fault(
          SealFault.NOT_WHOLE_FILE,
          "the signature leaves out octets "
              + gap.from
              + " to "
              + gap.to
              + ", which are not exactly its own digits");
    }
    return gap;
  }

  private static byte[] container(byte[] file, Gap gap) throws Fault {
    try {
      if (file[gap.from] == '<' && file[gap.to - 1] == '>') {
        String digits =
            new String(file, gap.from + 1, gap.to - gap.from - 2, StandardCharsets.ISO_8859_1);
        byte[] octets = HexFormat.of().parseHex(digits);
        if (HexFormat.of().formatHex(octets).equals(digits)) {
          return octets;
        }
      }
    } catch (IllegalArgumentException e) {
      throw altered();
    }
    throw altered();
  }

  private static Fault altered() {
    return new Fault(
        SealFault.CONTAINER_ALTERED,
        "the signature's digits are not lowercase hexadecimal between < and >");
  }

  /** The container for this document, or the reason why it is none. */
  private static SealContainer verified(byte[] padded, Hash document) throws Fault {
    Optional<SealContainer> container = SealContainer.parse(padded, document);
    if (container.isPresent()) {
      requireStampWhereThereIsRoom(container.get(), padded.length);
      return container.get();
    }
    Optional<Hash> claimed = SealContainer.digest(padded);
    if (claimed.isPresent() && SealContainer.parse(padded, claimed.get()).isPresent()) {
      SealContainer other = SealContainer.parse(padded, claimed.get()).get();
      signed(certificate(other), other, claimed.get());
      throw new Fault(SealFault.CONTENT_ALTERED, "the document was changed after it was sealed");
    }
    throw new Fault(
        SealFault.CONTAINER_ALTERED,
        "the signature is not in the one form a seal has, followed by zeros");
  }

  private static void requireStampWhereThereIsRoom(SealContainer container, int room) throws Fault {
    boolean expected = room == Seal.STAMPED_BYTES;
    if (container.isStamped() != expected) {
      throw new Fault(
          SealFault.TIME_STAMP,
          expected
              ? "the time stamp that this document was sealed with was taken off"
              : "a time stamp was put on this document after it was sealed");
    }
  }

  private static X509Certificate certificate(SealContainer container) throws Fault {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(container.signer().toArray()));
    } catch (GeneralSecurityException e) {
      throw new Fault(
          SealFault.CERTIFICATE, "the seal's certificate cannot be read: " + e.getMessage());
    }
  }

  private static Instant time(PdfDictionary signature) throws Fault {
    PdfString date = signature.getAsString(PdfName.M);
    Calendar time = date == null ? null : PdfDate.decode(date.getValue());
    if (time == null) {
      throw new Fault(SealFault.NOT_OURS, "the seal does not say when it was made");
    }
    return time.toInstant();
  }

  private static void usable(X509Certificate certificate, Instant time) throws Fault {
    if (SealAlgorithm.of(certificate.getPublicKey()).isEmpty()) {
      throw new Fault(
          SealFault.CERTIFICATE,
          "the seal's certificate is not for a P-256 key or an RSA key of "
              + SealAlgorithm.RSA_BITS_MIN
              + " bits or more");
    }
    if (!SealKey.mayBeSealedWith(certificate)) {
      throw new Fault(SealFault.CERTIFICATE, "the seal's certificate is not for signatures");
    }
    if (time.isBefore(certificate.getNotBefore().toInstant())
        || time.isAfter(certificate.getNotAfter().toInstant())) {
      throw new Fault(
          SealFault.CERTIFICATE,
          "sealed "
              + time
              + ", when its certificate was not valid ("
              + certificate.getNotBefore().toInstant()
              + " to "
              + certificate.getNotAfter().toInstant()
              + ")");
    }
  }

  private static void signed(X509Certificate certificate, SealContainer container, Hash document)
      throws Fault {
    byte[] signed = SealContainer.signedAttributes(container.certificates(), document);
    PublicKey key = certificate.getPublicKey();
    Optional<SealAlgorithm> algorithm = SealAlgorithm.of(key);
    try {
      if (algorithm.isPresent()
          && algorithm.get().verifies(key, signed, container.signature().toArray())) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new Fault(SealFault.CERTIFICATE, "the seal's key cannot be used: " + e.getMessage());
    }
    throw new Fault(
        SealFault.CONTAINER_ALTERED, "the signature was not made by the certificate's key");
  }
}
