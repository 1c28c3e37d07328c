package org.almoner.tax.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.io.font.constants.StandardFonts;
import com.itextpdf.kernel.font.PdfFontFactory;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfStream;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import com.itextpdf.kernel.pdf.filespec.PdfFileSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.almoner.ledger.entry.Outcome;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.pdf.Attachment;
import org.almoner.tax.pdf.PdfEvidence;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.receipt.Sample;
import org.almoner.tax.seal.Seal;
import org.almoner.tax.seal.SealCheck;
import org.almoner.tax.seal.SealFault;
import org.almoner.tax.seal.SealFinding;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every octet of an issued document belongs to a part of it; a flipped bit of any part is found,
 * and called what it is.
 */
class AlteredDocumentTests {
  private static final int SAMPLE = 20;
  private static final long SEED = 20_261_120;

  /** One part of the file, and what a flipped bit in it may be called. */
  private enum Part {
    HEADER(SealFault.CONTENT_ALTERED),
    PAGE(SealFault.CONTENT_ALTERED),
    STATEMENT(SealFault.CONTENT_ALTERED),
    PROOF(SealFault.CONTENT_ALTERED),
    FONT(SealFault.CONTENT_ALTERED),
    METADATA(SealFault.CONTENT_ALTERED),
    OBJECTS(SealFault.CONTENT_ALTERED, SealFault.NOT_OURS, SealFault.ADDED_AFTER),
    SEAL_DICTIONARY(SealFault.CONTENT_ALTERED, SealFault.NOT_OURS),
    COVERED_RANGE(
        SealFault.NOT_WHOLE_FILE,
        SealFault.UNREADABLE,
        SealFault.ADDED_AFTER,
        SealFault.CONTENT_ALTERED,
        SealFault.NOT_OURS),
    BRACKETS(
        SealFault.CONTAINER_ALTERED,
        SealFault.CONTENT_ALTERED,
        SealFault.UNREADABLE,
        SealFault.NOT_OURS),
    SIGNATURE(SealFault.CONTAINER_ALTERED),
    PADDING(SealFault.CONTAINER_ALTERED),
    SEALS_UPDATE(SealFault.CONTENT_ALTERED, SealFault.NOT_OURS, SealFault.ADDED_AFTER),
    END(SealFault.CONTENT_ALTERED, SealFault.NOT_OURS, SealFault.ADDED_AFTER);

    private final Set<SealFault> names;

    Part(SealFault first, SealFault... more) {
      this.names = EnumSet.of(first, more);
    }
  }

  @TempDir static Path folder;
  private static Issued issued;
  private static byte[] sealed;
  private static Part[] parts;

  @BeforeAll
  static void issue() throws Exception {
    SmallLog log = new SmallLog(folder.resolve("log"));
    List<Long> leaves = log.report(Issued.ADA, Issued.NOVEMBER, 2);
    log.settle(leaves.get(0), Outcome.ACCEPTED);
    issued = Issued.from(log, SmallLog.verifierKey(), folder.resolve("issued"));
    sealed = issued.pdf().toArray();
    parts = parts();
  }

  @Test
  void theDocumentItselfHolds() {
    assertThat(DocumentCheck.of(sealed).trusting(issued.trust()).run())
        .extracting(Step::verdict)
        .containsOnly(Step.Verdict.OK);
  }

  @Test
  void everyOctetBelongsToAPartAndNoPartIsEmpty() {
    assertThat(Arrays.asList(parts)).doesNotContainNull().contains(Part.values());
  }

  @Test
  void aFlippedBitOfAnyPartIsCalledWhatItIs() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (Part part : Part.values()) {
      int[] places = places(part);
      for (int i = 0; i < Math.min(SAMPLE, places.length); i++) {
        int at = places[places.length <= SAMPLE ? i : random.nextInt(places.length)];
        byte[] flipped = flip(at, random.nextInt(8));
        if (i == 0) {
          assertSaysIt(flipped, part.name());
        }
      }
    }
  }

  @Test
  @Tag("long")
  void soIsOneOfEveryOctet() {
    // A font is the larger half, and all of it is alike.
    IntStream.range(0, sealed.length)
        .filter(at -> parts[at] != Part.FONT || at % 10 == 0)
        .parallel()
        .forEach(at -> flip(at, at % 8));
  }

  private static byte[] flip(int at, int bit) {
    byte[] flipped = sealed.clone();
    flipped[at] ^= (byte) (1 << bit);
    // A digit that became a bracket ends the signature there.
    Part part = flipped[at] == '>' ? Part.BRACKETS : parts[at];
    assertThat(broken(flipped).fault()).as("octet %d, %s", at, part).isIn(part.names);
    return flipped;
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

  /** The step is the seal's, the only one looked at, and says in one sentence what it found. */
  private static void assertSaysIt(byte[] file, String what) {
    List<Step> steps = DocumentCheck.of(file).trusting(issued.trust()).run();
    assertThat(steps).as(what).hasSize(1);
    assertThat(steps.get(0).verdict()).as(what).isEqualTo(Step.Verdict.FAILED);
    assertThat(steps.get(0).subject()).as(what).isEqualTo("seal");
    assertThat(steps.get(0).sentence())
        .as(what)
        .isEqualTo(broken(file).sentence())
        .isNotBlank()
        .doesNotContain("\n")
        .doesNotContain("null");
  }

  // What is added behind the seal.

  @Test
  void anUpdateThatChangesNothingIsFound() throws Exception {
    assertAdded(updated(pdf -> {}));
  }

  @Test
  void anUpdateThatWritesOnThePageIsFound() throws Exception {
    assertAdded(
        updated(
            pdf ->
                new PdfCanvas(pdf.getFirstPage())
                    .beginText()
                    .setFontAndSize(PdfFontFactory.createFont(StandardFonts.HELVETICA), 12)
                    .moveText(100, 400)
                    .showText("1 000 000 core-hours")
                    .endText()));
  }

  @Test
  void anUpdateWithASecondAttachmentOfTheSameNameIsFound() throws Exception {
    assertAdded(
        updated(
            pdf ->
                pdf.addAssociatedFile(
                    Attachment.STATEMENT,
                    PdfFileSpec.createEmbeddedFileSpec(
                        pdf,
                        new byte[] {'{', '}'},
                        "another",
                        Attachment.STATEMENT,
                        PdfName.Data))));
  }

  @Test
  void octetsBehindTheEndAreFound() {
    for (String added : List.of("\n", "%", "\0", "%%EOF\n", "\n%%EOF\n", "x".repeat(5_000))) {
      byte[] more = added.getBytes(StandardCharsets.US_ASCII);
      byte[] file = Arrays.copyOf(sealed, sealed.length + more.length);
      System.arraycopy(more, 0, file, sealed.length, more.length);
      assertThat(broken(file).fault()).isIn(SealFault.ADDED_AFTER, SealFault.CONTENT_ALTERED);
      assertSaysIt(file, "added");
    }
  }

  @Test
  void aFileThatIsCutOffIsFound() {
    for (int less : new int[] {1, 7, 200, 4_000, 6_000, 11_000, 40_000}) {
      byte[] file = Arrays.copyOf(sealed, sealed.length - less);
      SealFinding finding = SealCheck.check(file);
      assertThat(finding).as("%d less", less).isInstanceOf(SealFinding.Broken.class);
      assertSaysIt(file, "cut off by " + less);
    }
  }

  private interface Change {
    void make(PdfDocument pdf) throws java.io.IOException;
  }

  private static byte[] updated(Change change) throws java.io.IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PdfDocument pdf =
        new PdfDocument(
            new PdfReader(new ByteArrayInputStream(sealed)),
            new PdfWriter(out),
            new StampingProperties().useAppendMode())) {
      change.make(pdf);
    }
    return out.toByteArray();
  }

  private static void assertAdded(byte[] file) {
    assertThat(file.length).isGreaterThan(sealed.length);
    assertThat(broken(file).fault()).isEqualTo(SealFault.ADDED_AFTER);
    assertSaysIt(file, "updated");
  }

  // What is altered before the seal, by somebody who has the charity's seal but not its log.

  @Test
  void anAlteredStatementUnderTheCharitysOwnSealIsFoundByTheLog() throws Exception {
    PdfEvidence carried = PdfEvidence.read(sealed);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < SAMPLE; i++) {
      assertLogEntryFails(flipped(carried.statement(), random), carried.proof());
      assertLogEntryFails(carried.statement(), flipped(carried.proof(), random));
    }
  }

  @Test
  @Tag("long")
  void soIsEveryOctetOfBothAttachments() throws Exception {
    PdfEvidence carried = PdfEvidence.read(sealed);
    for (int at = 0; at < carried.statement().size(); at++) {
      assertLogEntryFails(flipped(carried.statement(), at, at % 8), carried.proof());
    }
    for (int at = 0; at < carried.proof().size(); at++) {
      assertLogEntryFails(carried.statement(), flipped(carried.proof(), at, at % 8));
    }
  }

  private static Bytes flipped(Bytes whole, SplittableRandom random) {
    return flipped(whole, random.nextInt(whole.size()), random.nextInt(8));
  }

  private static Bytes flipped(Bytes whole, int at, int bit) {
    byte[] octets = whole.toArray();
    octets[at] ^= (byte) (1 << bit);
    return Bytes.of(octets);
  }

  private static void assertLogEntryFails(Bytes statement, Bytes proof) throws Exception {
    byte[] unsealed =
        new StatementPdf()
            .render(
                new Sample().page(),
                Profile.generic().wording("en"),
                List.of(Attachment.statement(statement), Attachment.proof(proof)));
    byte[] file = Seal.seal(unsealed, issued.key(), Instant.parse("2027-02-02T00:00:00Z"));
    List<Step> steps = DocumentCheck.of(file).trusting(issued.trust()).run();
    assertThat(steps).hasSize(3);
    assertThat(steps.get(2).verdict()).as("%s", steps).isEqualTo(Step.Verdict.FAILED);
    assertThat(steps.get(2).subject()).isEqualTo("log entry");
    assertThat(steps.get(2).sentence()).isNotBlank().doesNotContain("\n").doesNotContain("null");
  }

  // Which octet is what.

  private static int[] places(Part part) {
    return IntStream.range(0, sealed.length).filter(at -> parts[at] == part).toArray();
  }

  private static Part[] parts() throws Exception {
    Part[] map = new Part[sealed.length];
    String text = new String(sealed, StandardCharsets.ISO_8859_1);
    int unsealed = text.indexOf("%%EOF\n") + 6;
    Arrays.fill(map, 0, unsealed, Part.OBJECTS);
    Arrays.fill(map, unsealed, sealed.length, Part.SEALS_UPDATE);
    Arrays.fill(map, 0, text.indexOf('\n') + 1, Part.HEADER);
    Arrays.fill(map, text.lastIndexOf("startxref"), sealed.length, Part.END);
    streams(map, text);
    int range = text.indexOf("/ByteRange [", unsealed);
    int from = text.indexOf("/Contents <", range) + "/Contents ".length();
    int to = text.indexOf('>', from) + 1;
    Arrays.fill(map, range, text.indexOf("/ContactInfo", range), Part.COVERED_RANGE);
    Arrays.fill(map, text.indexOf("/ContactInfo", range), from, Part.SEAL_DICTIONARY);
    Arrays.fill(map, to, text.indexOf("endobj", to), Part.SEAL_DICTIONARY);
    Arrays.fill(map, from, to, Part.BRACKETS);
    int padding = to - 1;
    while (text.charAt(padding - 1) == '0') {
      padding--;
    }
    Arrays.fill(map, from + 1, padding, Part.SIGNATURE);
    Arrays.fill(map, padding, to - 1, Part.PADDING);
    return map;
  }

  private static void streams(Part[] map, String text) throws Exception {
    Map<Part, List<PdfStream>> streams = new EnumMap<>(Part.class);
    try (PdfDocument pdf = new PdfDocument(new PdfReader(new ByteArrayInputStream(sealed)))) {
      int pages = pdf.getFirstPage().getContentStreamCount();
      streams.put(
          Part.PAGE,
          IntStream.range(0, pages).mapToObj(pdf.getFirstPage()::getContentStream).toList());
      PdfDictionary catalog = pdf.getCatalog().getPdfObject();
      for (int i = 0; i < catalog.getAsArray(PdfName.AF).size(); i++) {
        PdfDictionary file = catalog.getAsArray(PdfName.AF).getAsDictionary(i);
        boolean proof = file.getAsString(PdfName.UF).getValue().equals(Attachment.PROOF);
        streams.put(
            proof ? Part.PROOF : Part.STATEMENT,
            List.of(file.getAsDictionary(PdfName.EF).getAsStream(PdfName.F)));
      }
      streams.put(Part.METADATA, List.of(catalog.getAsStream(PdfName.Metadata)));
      streams.put(
          Part.FONT,
          IntStream.range(1, pdf.getNumberOfPdfObjects())
              .mapToObj(pdf::getPdfObject)
              .filter(
                  object ->
                      object instanceof PdfStream stream && stream.containsKey(PdfName.Length1))
              .map(PdfStream.class::cast)
              .toList());
      streams.forEach((part, list) -> list.forEach(stream -> fill(map, text, part, stream)));
    }
  }

  /** Only the octets of the stream: those around it say where it is. */
  private static void fill(Part[] map, String text, Part part, PdfStream stream) {
    int object = (int) stream.getIndirectReference().getOffset();
    int from = text.indexOf("stream\n", object) + "stream\n".length();
    Arrays.fill(map, from, from + stream.getAsNumber(PdfName.Length).intValue(), part);
  }
}
