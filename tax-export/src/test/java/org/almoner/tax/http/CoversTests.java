package org.almoner.tax.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.almoner.protocol.identity.DonorId;
import org.almoner.tax.issue.Desk;
import org.almoner.tax.issue.SmallLog;
import org.almoner.tax.pdf.StatementPdf;
import org.almoner.tax.pdf.Tool;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.register.ReceiptRegister;
import org.almoner.tax.register.Registered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoversTests {
  private static final DonorId ADA = SmallLog.donor(1);

  @TempDir Path temp;

  @Test
  void aSheetSaysOfWhichFileItIsAndWhatBecameOfTheDocument() throws Exception {
    Desk desk = new Desk(temp.resolve("desk"));
    desk.gave(ADA, "Ada Example", 1);
    desk.issuer().issue(2026);
    byte[] sealed = pdf(desk, "2026-000001");
    assertThat(sheet(desk, "2026-000001"))
        .contains("made on 2 February 2027", "the document stood");
    desk.issuer().replace("2026-000001");
    String after = sheet(desk, "2026-000001");
    assertThat(after)
        .contains("Copy of document 2026-000001")
        .contains("document 2026-000002 had been issued in its place");
    assertThat(pdf(desk, "2026-000001")).as("the sealed file is untouched").isEqualTo(sealed);
    assertThat(after.replace(" ", "")).contains(find(desk.register(), "2026-000001").pdf().toHex());
    desk.issuer().cancel("2026-000002", "sent to somebody else");
    assertThat(sheet(desk, "2026-000002")).contains("it had been cancelled");
  }

  private String sheet(Desk desk, String number) throws Exception {
    Covers covers =
        new Covers(
            new Charity("Example Commons", List.of(), "", ""), new StatementPdf(), () -> desk.now);
    Path file =
        Files.write(
            temp.resolve("cover.pdf"), covers.of(find(desk.register(), number), pdf(desk, number)));
    return Tool.run("pdftotext", "-raw", file.toString(), "-").text().replaceAll("\\s+", " ");
  }

  private static byte[] pdf(Desk desk, String number) throws Exception {
    ReceiptRegister register = desk.register();
    return register.pdf(find(register, number));
  }

  private static Registered find(ReceiptRegister register, String number) {
    return register.find(number).orElseThrow();
  }
}
