package org.almoner.tax.receipt;

import java.time.LocalDate;
import java.util.List;
import org.almoner.protocol.bytes.Hash;
import org.almoner.tax.jurisdiction.Paper;

/**
 * What the sheet before a paper copy says: that the paper is a copy, of which document, printed
 * when, and how the sealed file is recognised.
 *
 * @param charity name of the charity
 * @param number number of the document
 * @param printed day of printing, UTC
 * @param file SHA-256 of the sealed file
 * @param language BCP 47: {@code de} or {@code fr}; anything else gives English
 * @param paper what it is set for
 */
public record CoverSheet(
    String charity, String number, LocalDate printed, Hash file, String language, Paper paper) {
  private enum Words {
    EN(
        "en",
        "Copy of document %s",
        "This is a paper copy of document %s of %s, printed on %s.",
        "The document itself is the sealed file. Its SHA-256 is %s.",
        "Only the file carries the seal. Where the page behind this sheet has a code, the code can"
            + " be checked from paper: almoner verify --code."),
    DE(
        "de",
        "Kopie des Dokuments %s",
        "Dies ist eine Papierkopie des Dokuments %s von %s, gedruckt am %s.",
        "Das Dokument selbst ist die versiegelte Datei. Ihre SHA-256-Prüfsumme ist %s.",
        "Nur die Datei trägt das Siegel. Hat die Seite hinter diesem Blatt einen Code, so lässt er"
            + " sich vom Papier prüfen: almoner verify --code."),
    FR(
        "fr",
        "Copie du document %s",
        "Ceci est une copie sur papier du document %s de %s, imprimée le %s.",
        "Le document lui-même est le fichier scellé. Son empreinte SHA-256 est %s.",
        "Seul le fichier porte le sceau. Si la page qui suit porte un code, il se vérifie depuis le"
            + " papier : almoner verify --code.");

    private final String language;
    private final String title;
    private final String copy;
    private final String file;
    private final String seal;

    Words(String language, String title, String copy, String file, String seal) {
      this.language = language;
      this.title = title;
      this.copy = copy;
      this.file = file;
      this.seal = seal;
    }

    static Words of(String language) {
      return language.startsWith("de") ? DE : language.startsWith("fr") ? FR : EN;
    }
  }

  public CoverSheet {
    charity = PlainLine.of("the charity's name", charity, Addressee.NAME_MAX);
    number = PlainLine.of("the number", number, 40);
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
    return List.of(
        String.format(words.copy, number, charity, printed),
        String.format(words.file, file.toHex()),
        words.seal);
  }
}
