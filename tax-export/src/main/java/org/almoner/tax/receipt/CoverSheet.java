package org.almoner.tax.receipt;

import java.time.LocalDate;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.jurisdiction.Paper;
import org.almoner.tax.jurisdiction.Profile;

/**
 * What the sheet before a paper copy says: that the paper is a copy, of which document, made when,
 * whether the document stood on that day, and how the sealed file is recognised.
 *
 * @param charity name of the charity
 * @param number number of the document
 * @param made day on which the copy was made, UTC; when it is printed nobody knows
 * @param file SHA-256 of the sealed file
 * @param standing what had become of the document on that day
 * @param replacedBy number of the document that stands in its place, or empty
 * @param language BCP 47: {@code de} or {@code fr}; anything else gives English
 * @param paper what it is set for
 */
public record CoverSheet(
    String charity,
    String number,
    LocalDate made,
    Hash file,
    Standing standing,
    String replacedBy,
    String language,
    Paper paper) {
  /** Longest number, in characters. */
  private static final int NUMBER_MAX = 40;

  /** What became of a document. */
  public enum Standing {
    /** It is neither replaced nor cancelled. */
    STANDS,
    /** Another document stands in its place. */
    REPLACED,
    /** Nothing stands in its place. */
    CANCELLED,
    /** Its donor was erased; the file is kept for as long as the law asks. */
    KEPT
  }

  private enum Words {
    EN(
        "en",
        "Copy of document %s",
        "This is a copy for paper of document %s of %s, made on %s.",
        "On that day the document stood: it was neither replaced nor cancelled.",
        "On that day the document stood no more: document %s had been issued in its place.",
        "On that day the document counted no more: it had been cancelled.",
        "On that day the data of its donor had been erased; the file alone is kept.",
        "The document itself is the sealed file. Its SHA-256 is %s.",
        "Only the file carries the seal. Where the page behind this sheet has a code, the code can"
            + " be checked from paper: almoner verify --code."),
    DE(
        "de",
        "Kopie des Dokuments %s",
        "Dies ist eine Kopie des Dokuments %s von %s für Papier, erstellt am %s.",
        "An diesem Tag galt das Dokument: Es war weder ersetzt noch widerrufen.",
        "An diesem Tag galt das Dokument nicht mehr: An seiner Stelle war Dokument %s ausgestellt.",
        "An diesem Tag galt das Dokument nicht mehr: Es war widerrufen.",
        "An diesem Tag waren die Daten der spendenden Person gelöscht; nur die Datei wird noch"
            + " aufbewahrt.",
        "Das Dokument selbst ist die versiegelte Datei. Ihre SHA-256-Prüfsumme ist %s.",
        "Nur die Datei trägt das Siegel. Hat die Seite hinter diesem Blatt einen Code, so lässt er"
            + " sich vom Papier prüfen: almoner verify --code."),
    FR(
        "fr",
        "Copie du document %s",
        "Ceci est une copie pour papier du document %s de %s, faite le %s.",
        "Ce jour-là, le document était valable\u00a0: il n’était ni remplacé ni annulé.",
        "Ce jour-là, le document n’était plus valable\u00a0: le document %s avait été délivré à sa place.",
        "Ce jour-là, le document n’était plus valable\u00a0: il avait été annulé.",
        "Ce jour-là, les données du donateur avaient été effacées\u00a0; seul le fichier est conservé.",
        "Le document lui-même est le fichier scellé. Son empreinte SHA-256 est %s.",
        "Seul le fichier porte le sceau. Si la page qui suit porte un code, il se vérifie depuis le"
            + " papier\u00a0: almoner verify --code.");

    private final String language;
    private final String title;
    private final String copy;
    private final String stands;
    private final String replaced;
    private final String cancelled;
    private final String kept;
    private final String file;
    private final String seal;

    Words(
        String language,
        String title,
        String copy,
        String stands,
        String replaced,
        String cancelled,
        String kept,
        String file,
        String seal) {
      this.language = language;
      this.title = title;
      this.copy = copy;
      this.stands = stands;
      this.replaced = replaced;
      this.cancelled = cancelled;
      this.kept = kept;
      this.file = file;
      this.seal = seal;
    }

    static Words of(String language) {
      return language.startsWith("de") ? DE : language.startsWith("fr") ? FR : EN;
    }

    String of(Standing standing, String by) {
      return switch (standing) {
        case STANDS -> stands;
        case REPLACED -> String.format(replaced, by);
        case CANCELLED -> cancelled;
        case KEPT -> kept;
      };
    }
  }

  public CoverSheet {
    charity = PlainLine.of("the charity's name", charity, Addressee.NAME_MAX);
    number = PlainLine.of("the number", number, NUMBER_MAX);
    if (standing == Standing.REPLACED) {
      replacedBy = PlainLine.of("the number of its replacement", replacedBy, NUMBER_MAX);
    }
  }

  /** Language of the texts, a BCP 47 tag. */
  @Override
  public String language() {
    return Words.of(language).language;
  }

  /** The heading. */
  public String title() {
    return String.format(Words.of(language).title, number);
  }

  /** What it says, in order. */
  public List<String> sentences() {
    Words words = Words.of(language);
    String day = Profile.generic().wording(words.language).notation().of(made);
    return List.of(
        String.format(words.copy, number, charity, day),
        words.of(standing, replacedBy),
        String.format(words.file, file.toHex()),
        words.seal);
  }
}
