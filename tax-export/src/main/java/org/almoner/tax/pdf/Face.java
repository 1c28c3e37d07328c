package org.almoner.tax.pdf;

/** A type face shipped with Almoner. */
enum Face {
  /** Text. */
  REGULAR("NotoSans-Regular.ttf"),
  /** Emphasis. */
  STRONG("NotoSans-SemiBold.ttf"),
  /** Title and name of the charity. */
  DISPLAY("SourceSerif4-SemiBold.ttf");

  private final String resource;

  Face(String resource) {
    this.resource = resource;
  }

  String resource() {
    return resource;
  }
}
