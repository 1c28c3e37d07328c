package org.almoner.coordinator.config;

/** Where a value came from. What is named later here prevails. */
public sealed interface Origin {
  /** Nobody said anything. */
  Origin DEFAULT = new Default();

  /** How a sentence about {@code setting} begins: what its writer has to look at. */
  String subject(String setting);

  /** One word for the kind of place. */
  String kind();

  /** The default. */
  record Default() implements Origin {
    @Override
    public String subject(String setting) {
      return setting;
    }

    @Override
    public String kind() {
      return "default";
    }

    @Override
    public String toString() {
      return "default";
    }
  }

  /**
   * A place in the file.
   *
   * @param file as it was named
   * @param line counted from 1
   * @param column counted from 1
   */
  record Line(String file, int line, int column) implements Origin {
    @Override
    public String subject(String setting) {
      return this + "  " + setting;
    }

    @Override
    public String kind() {
      return "file";
    }

    @Override
    public String toString() {
      return file + ":" + line + ":" + column;
    }
  }

  /** A variable of the environment. */
  record Variable(String name) implements Origin {
    @Override
    public String subject(String setting) {
      return name;
    }

    @Override
    public String kind() {
      return "variable";
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** An option of the command line. */
  record Flag(String name) implements Origin {
    @Override
    public String subject(String setting) {
      return name;
    }

    @Override
    public String kind() {
      return "flag";
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
