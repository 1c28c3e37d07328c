package org.almoner.tax.receipt;

/**
 * The program that measured.
 *
 * @param name its name, at most 60 characters
 * @param version its version, at most 40 characters
 */
public record Software(String name, String version) {
  public Software {
    name = PlainLine.of("the software's name", name, 60);
    version = PlainLine.of("the software's version", version, 40);
  }
}
