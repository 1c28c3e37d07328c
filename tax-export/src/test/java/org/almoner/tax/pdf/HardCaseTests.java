package org.almoner.tax.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.almoner.ledger.entry.CpuTime;
import org.almoner.ledger.tally.MonthTotal;
import org.almoner.ledger.tally.Quantities;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.usage.Energy;
import org.almoner.tax.jurisdiction.Paper;
import org.almoner.tax.jurisdiction.Profile;
import org.almoner.tax.jurisdiction.ShippedProfiles;
import org.almoner.tax.jurisdiction.Wording;
import org.almoner.tax.receipt.Addressee;
import org.almoner.tax.receipt.Charity;
import org.almoner.tax.receipt.CoverSheet;
import org.almoner.tax.receipt.PageMark;
import org.almoner.tax.receipt.Period;
import org.almoner.tax.receipt.Sample;
import org.almoner.tax.receipt.StatementText;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Names, marks, lengths and looks that are hard to set, looked at by veraPDF and others. */
class HardCaseTests {
  private static final String CODE = "almoner-statement/2";

  @TempDir Path folder;

  /** A page that is hard to set. */
  record Case(String name, Sample sample) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case named(String name, String... lines) {
    Sample sample = new Sample();
    sample.donor = new Addressee(name, List.of(lines));
    return new Case(name, sample);
  }

  private static boolean asian() {
    return AsianFonts.in(AsianFonts.DEBIAN).found();
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("plain", new Sample()));
    cases.add(named("Nguyễn Thị Phương Thảo", "12 Phố Huế", "Hà Nội"));
    cases.add(named("Γιώργος Παπαδόπουλος", "Οδός Ερμού 7"));
    cases.add(named("Їжакевич Щербаков", "вул. Хрещатик 1"));
    cases.add(named("A & B <\"Q\"> Ltd", "R&D, \"Lab\" <3>"));
    Sample lengthy = new Sample();
    lengthy.donor = new Addressee("Ångström ".repeat(13).strip(), List.of("x ".repeat(39).strip()));
    lengthy.charity =
        new Charity("Estuary, Inc. & Co. ".repeat(5).strip(), List.of("1", "2", "3"), "c", "r");
    cases.add(new Case("long names", lengthy));
    Sample months = new Sample();
    months.period = new Period(LocalDate.of(2025, 1, 1), LocalDate.of(2026, 12, 31));
    months.months = Sample.months(YearMonth.of(2025, 1), 24);
    cases.add(new Case("24 months", months));
    Sample replacing = new Sample();
    replacing.replaces = "2026-000003";
    cases.add(new Case("replacement", replacing));
    for (PageMark mark : List.of(PageMark.RUNNING, PageMark.COPY)) {
      Sample marked = new Sample();
      marked.mark = mark;
      marked.number = mark == PageMark.RUNNING ? "" : marked.number;
      cases.add(new Case(mark.toString(), marked));
    }
    if (asian()) {
      cases.add(named("王小明，李雷", "北京市海淀区 12 号"));
      cases.add(named("山田 太郎（ヤマダ タロウ）", "東京都千代田区 1-2-3"));
      cases.add(named("김철수 (Kim Chul-soo)", "서울특별시 종로구"));
    }
    return cases.stream();
  }

  private static List<String> faults(byte[] pdf) throws Exception {
    List<String> faults = new ArrayList<>(VeraPdf.faults(pdf, PDFAFlavour.PDFA_3_A));
    faults.addAll(VeraPdf.faults(pdf, PDFAFlavour.PDFUA_1));
    return faults;
  }

  private static byte[] drawn(Sample sample, Wording wording) throws Exception {
    return Documents.CHECKED.render(sample.page(), wording, Documents.ATTACHMENTS);
  }

  @Test
  void aMarkedPageWithALogoConforms() throws Exception {
    Sample sample = new Sample();
    sample.mark = PageMark.SPECIMEN;
    sample.number = "";
    Brand brand =
        new Brand(
            Logo.parse(LogoTests.SVG.getBytes(StandardCharsets.UTF_8)),
            Colour.parse("#7a1f5c"),
            Colour.parse("#0b5d1e"));
    byte[] pdf =
        new StatementPdf(brand, AsianFonts.none())
            .render(sample.page(), Documents.WORDING, Documents.ATTACHMENTS);
    assertThat(faults(pdf)).isEmpty();
  }

  @Test
  @Tag("long")
  void aLogoOfPixelsConforms() throws Exception {
    Brand brand =
        new Brand(
            Logo.parse(LogoTests.png(300, 100)), Brand.ALMONER.main(), Brand.ALMONER.accent());
    byte[] pdf =
        new StatementPdf(brand, AsianFonts.none())
            .render(new Sample().page(), Documents.WORDING, Documents.ATTACHMENTS);
    assertThat(faults(pdf)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  @Tag("long")
  void aHardCaseConforms(Case hard) throws Exception {
    byte[] pdf = drawn(hard.sample(), Documents.WORDING);
    assertThat(faults(pdf)).isEmpty();
    Path file = Files.write(folder.resolve("case.pdf"), pdf);
    assertThat(Tool.run("qpdf", "--check", file.toString()).exit()).isZero();
    String text = Tool.run("pdftotext", "-raw", file.toString(), "-").text();
    assertThat(text.replaceAll("\\s", ""))
        .contains(hard.sample().donor.displayName().replaceAll("\\s", ""));
  }

  /**
   * Every profile in every language, as a specimen of a whole year by one tier: conforming, and on
   * one page.
   */
  @Test
  @Tag("long")
  void everyProfileConformsAndTakesOnePage() throws Exception {
    Set<String> wrong = new TreeSet<>();
    for (Profile profile : ShippedProfiles.list()) {
      for (String language : profile.languages()) {
        Sample sample = new Sample();
        sample.mark = PageMark.SPECIMEN;
        sample.months = sample.months.stream().map(HardCaseTests::ofOneTier).toList();
        byte[] pdf = drawn(sample, profile.wording(language));
        String of = profile.id() + " " + language;
        faults(pdf).forEach(fault -> wrong.add(of + ": " + fault));
        try (UntrustedPdf opened = UntrustedPdf.open(pdf)) {
          if (opened.document().getNumberOfPages() != 1) {
            wrong.add(of + ": " + opened.document().getNumberOfPages() + " pages");
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static MonthTotal ofOneTier(MonthTotal month) {
    Quantities given = month.given();
    return new MonthTotal(
        month.month(),
        new Quantities(
            new CpuTime(given.cpu().totalMs(), 0, 0),
            given.gpuMs(),
            given.memoryMibMs(),
            Map.of(Energy.Tier.M2, 90_000_000L)),
        month.accepted(),
        month.returned());
  }

  @Test
  @Tag("long")
  void aCoverSheetConformsInEveryLanguage() throws Exception {
    for (String language : List.of("en", "de", "fr")) {
      assertThat(faults(cover(language, Paper.LETTER))).isEmpty();
    }
  }

  @Test
  void aCoverSheetSaysWhichFileIsTheDocument() throws Exception {
    byte[] pdf = cover("en", Paper.A4);
    assertThat(pdf).isEqualTo(cover("en", Paper.A4));
    Path file = Files.write(folder.resolve("cover.pdf"), pdf);
    assertThat(Tool.run("pdftotext", "-raw", file.toString(), "-").text().replaceAll("\\s+", " "))
        .contains("Copy of document 2026-000417")
        .contains("made on 1 March 2027")
        .contains("On that day the document stood: it was neither replaced nor cancelled.")
        .contains(Hash.ZERO.toHex());
  }

  private static byte[] cover(String language, Paper paper) throws Exception {
    return new CoverSheetPdf(Documents.CHECKED)
        .render(
            new CoverSheet(
                "Open Estuary, Inc.",
                "2026-000417",
                LocalDate.of(2027, 3, 1),
                Hash.ZERO,
                CoverSheet.Standing.STANDS,
                "",
                language,
                paper));
  }

  @Test
  void aCoverSheetSaysWhatBecameOfTheDocument() {
    assertThat(became(CoverSheet.Standing.REPLACED, "fr"))
        .contains(
            "Ce jour-là, le document n’était plus valable\u00a0: le document 2026-000500 avait été"
                + " délivré à sa place.");
    assertThat(became(CoverSheet.Standing.CANCELLED, "de"))
        .contains("An diesem Tag galt das Dokument nicht mehr: Es war widerrufen.");
    assertThat(became(CoverSheet.Standing.KEPT, "en")).anyMatch(line -> line.contains("erased"));
  }

  private static List<String> became(CoverSheet.Standing standing, String language) {
    return new CoverSheet(
            "Open Estuary, Inc.",
            "2026-000417",
            LocalDate.of(2027, 3, 1),
            Hash.ZERO,
            standing,
            "2026-000500",
            language,
            Paper.A4)
        .sentences();
  }

  @Test
  void theFormOfADocumentIsReadFromItsFile() throws Exception {
    assertThat(PageForm.of(cover("de", Paper.LETTER))).isEqualTo(new PageForm("de", Paper.LETTER));
    assertThat(PageForm.of(cover("fr", Paper.A4))).isEqualTo(new PageForm("fr", Paper.A4));
  }

  /** The mark is heard once, before the title, and not amid the table. */
  @Test
  void aMarkIsReadFirstAndOnceOnly() throws Exception {
    Sample sample = new Sample();
    sample.mark = PageMark.COPY;
    Path file = Files.write(folder.resolve("copy.pdf"), drawn(sample, Documents.WORDING));
    String text = Tool.run("pdftotext", "-raw", file.toString(), "-").text();
    assertThat(text.replaceAll("\\s+", " "))
        .contains("January 1,180.00 120.00 4,012.46 33.89 340 of 343 February");
    String note = new StatementText(sample.page(), Documents.WORDING).mark().orElseThrow().value();
    int at = text.indexOf(note.substring(0, 12));
    assertThat(at).isNotNegative().isLessThan(text.indexOf("Statement of donated"));
    assertThat(text.indexOf(note.substring(0, 12), at + 1)).isNegative();
  }

  @Test
  void aPageWithoutANumberHasNoCode() throws Exception {
    Sample sample = new Sample();
    sample.mark = PageMark.RUNNING;
    sample.number = "";
    Path file = Files.write(folder.resolve("running.pdf"), drawn(sample, Documents.WORDING));
    assertThat(scanned(file)).doesNotContain(CODE);
  }

  @Test
  void aNameInKoreanIsSetInASmallFile() throws Exception {
    Assumptions.assumeTrue(asian(), "tool missing: fonts-noto-cjk");
    byte[] pdf = drawn(named("김철수", "서울특별시 종로구").sample(), Documents.WORDING);
    Path file = Files.write(folder.resolve("korean.pdf"), pdf);
    assertThat(Tool.run("pdftotext", "-raw", file.toString(), "-").text()).contains("김철수");
    assertThat(pdf.length).isLessThan(400_000);
  }

  private String scanned(Path file) throws Exception {
    Path picture = folder.resolve("page");
    Tool.run("pdftoppm", "-r", "130", "-png", "-singlefile", file.toString(), picture.toString());
    return Tool.run("zbarimg", "-q", "--nodbus", picture + ".png").text();
  }
}
