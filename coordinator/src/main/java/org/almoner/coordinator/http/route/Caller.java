package org.almoner.coordinator.http.route;

/** Whom a bearer token stands for. */
public sealed interface Caller {
  /** Whether the caller may read what {@code owner} submitted. */
  boolean reads(String owner);

  /** What the operator entered for an owner; empty for the operator, which no owner's name is. */
  String name();

  /** Whoever runs this coordinator. */
  record Operator() implements Caller {
    @Override
    public String name() {
      return "";
    }

    @Override
    public boolean reads(String owner) {
      return true;
    }
  }

  /**
   * An approved project owner.
   *
   * @param name as the operator entered it
   */
  record Owner(String name) implements Caller {
    @Override
    public boolean reads(String owner) {
      return owner.equals(name);
    }
  }
}
