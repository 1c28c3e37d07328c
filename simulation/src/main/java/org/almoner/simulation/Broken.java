package org.almoner.simulation;

/** Something that must always hold did not; says what, after which event, of which seed. */
public final class Broken extends Exception {
  private static final long serialVersionUID = 1L;

  Broken(String what, Throwable cause) {
    super(what, cause);
  }

  Broken(String what) {
    super(what);
  }
}
