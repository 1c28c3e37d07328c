package org.almoner.tax.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import org.almoner.tax.jurisdiction.ShippedProfiles;
import org.almoner.tax.jurisdiction.Wording;
import org.almoner.tax.receipt.Addressee;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.receipt.Sample;
import org.almoner.tax.receipt.SignedCode;
import org.almoner.tax.receipt.StatementCode;
import org.almoner.tax.seal.Seal;
import org.almoner.tax.seal.SealKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs that share no code with ours say of our files. */
class IndependentToolTests {
  @TempDir Path folder;
  private Path sealed;

  @BeforeEach
  void seal() throws Exception {
    SealKey key =
        SealKey.openOrCreate(
            folder.resolve("seal.p12"), "Open Estuary", Documents.CLOCK, Documents.RANDOM);
    sealed = folder.resolve("sealed.pdf");
    Files.write(sealed, Seal.seal(Documents.unsealed(), key, Documents.SEALED_AT));
  }

  @Test
  void qpdfFindsNoFault() throws Exception {
    Tool.Said said = Tool.run("qpdf", "--check", sealed.toString());
    assertThat(said.text()).contains("No syntax or stream encoding errors found");
    assertThat(said.exit()).isZero();
  }

  @Test
  void pdfsigFindsTheSignatureValidOverTheWholeFile() throws Exception {
    String said = Tool.run("pdfsig", sealed.toString()).text();
    assertThat(said)
        .contains("Signature is Valid.")
        .contains("Total document signed")
        .contains("ETSI.CAdES.detached")
        .contains("Open Estuary")
        .doesNotContain("Signature #2");
  }

  @Test
  void pdfsigSeesAChangedOctet() throws Exception {
    byte[] octets = Files.readAllBytes(sealed);
    octets[octets.length / 2] ^= 1;
    Files.write(sealed, octets);
    assertThat(Tool.run("pdfsig", sealed.toString()).text()).contains("Digest Mismatch");
  }

  @Test
  void pdfdetachTakesTheEvidenceOut() throws Exception {
    Tool.Said said = Tool.run("pdfdetach", "-saveall", "-o", folder.toString(), sealed.toString());
    assertThat(said.exit()).isZero();
    assertThat(Files.readAllBytes(folder.resolve(Attachment.STATEMENT)))
        .isEqualTo(Documents.STATEMENT.toArray());
    assertThat(Files.readAllBytes(folder.resolve(Attachment.PROOF)))
        .isEqualTo(Documents.PROOF.toArray());
  }

  @Test
  void pdftotextReadsTheTableRowByRow() throws Exception {
    String text = text(sealed);
    assertThat(text)
        .contains("Statement of donated computing – 2026")
        .contains("Zofia Wójcik-Þórsdóttir")
        .contains("page 1 of 1")
        .contains("attached: statement.json, statement.tlog-proof");
    assertThat(text.replaceAll(" +", " "))
        .contains("January 1,180.00 120.00 4,012.46 33.89 340 of 343")
        .contains("Total 19,502.90 2,557.78 66,317.48 472.92 4,806 of 4,842")
        .contains("Open Estuary Computing Trust gave you: none recorded");
  }

  @Test
  void aScannerReadsTheCodeFromThePrintedPage() throws Exception {
    Path picture = folder.resolve("page");
    Tool.run("pdftoppm", "-r", "130", "-png", "-singlefile", sealed.toString(), picture.toString());
    assertThat(Tool.run("zbarimg", "-q", "--nodbus", picture + ".png").text())
        .contains(
            "QR-Code:"
                + SignedCode.sign(StatementCode.of(new Sample().page()), Documents.LOG_KEY)
                    .text()
                    .strip());
  }

  @Test
  void theHeadOfALongTableIsRepeatedOnTheNextPage() throws Exception {
    Sample sample = new Sample();
    sample.period = new Period(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 12, 31));
    sample.months = Sample.months(YearMonth.of(2025, 1), 24);
    sample.charity =
        new Charity(
            "The Society for the Encouragement of Tide, Current and Sediment Computing in the"
                + " Western Approaches and Beyond",
            Collections.nCopies(6, "A line of the address ".repeat(3).strip()),
            "contact",
            "registration");
    sample.donor =
        new Addressee(
            "A name that is very long and ".repeat(4).strip(),
            Collections.nCopies(
                6,
                "A line of the address, rather long as well, and then some more of it to the end"));
    sample.mark = PageMark.SPECIMEN;
    sample.replaces = "2026-000003";
    Path file = folder.resolve("long.pdf");
    Wording letter = ShippedProfiles.find("us-business").orElseThrow().wording("en");
    Files.write(file, Documents.CHECKED.render(sample.page(), letter, Documents.ATTACHMENTS));
    String[] pages = text(file).split("\f");
    assertThat(pages[0]).contains("January 2025").contains("page 1 of 2");
    assertThat(pages[0]).contains("CPU core-hours").doesNotContain("593 of 596");
    assertThat(pages[1]).contains("CPU core-hours").contains("593 of 596");
    assertThat(pages[1]).contains("page 2 of 2");
  }

  private static String text(Path file) throws Exception {
    return Tool.run("pdftotext", "-layout", file.toString(), "-").text();
  }
}
