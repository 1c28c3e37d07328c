package org.almoner.coordinator.desk;

/**
 * Why nothing more of a batch is leased.
 *
 * @param kind who or what stopped it
 * @param text what was said about it, at most {@link #TEXT_MAX} characters; empty when the kind
 *     says all
 */
public record StopReason(Kind kind, String text) {
  /** Longest text, in characters. */
  public static final int TEXT_MAX = 1_000;

  /** It is not stopped. */
  public static final StopReason NONE = new StopReason(Kind.NONE, "");

  /** Its owner, or the operator, wants no more of it. */
  public static final StopReason CANCELLED = new StopReason(Kind.CANCELLED, "");

  /** Shortens what is too long. */
  public StopReason {
    text = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) : text;
  }

  /** Who or what stopped a batch. */
  public enum Kind {
    /** Nobody. */
    NONE("none"),
    /** Its owner or the operator. */
    CANCELLED("cancelled"),
    /** Its release was recalled. */
    RECALLED("recalled"),
    /** Its units kept failing. */
    FAILING("failing");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As it is written in answers and rows. */
    public String word() {
      return word;
    }

    /**
     * The kind of that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no batch is stopped because of \"" + word + "\"");
    }
  }

  /** The release was recalled, for the reason that {@code text} states. */
  public static StopReason recalled(String text) {
    return new StopReason(Kind.RECALLED, text);
  }

  /** Units kept failing, as {@code text} tells in one sentence. */
  public static StopReason failing(String text) {
    return new StopReason(Kind.FAILING, text);
  }

  /** Whether anything is stopped. */
  public boolean isStop() {
    return kind != Kind.NONE;
  }

  /**
   * Whether it takes the place of {@code before}. The first reason stands, but for a recall, which
   * says that the software must not run.
   */
  public boolean replaces(StopReason before) {
    return !before.isStop() || (kind == Kind.RECALLED && before.kind != Kind.RECALLED);
  }

  /** One sentence without its full stop, for owners and volunteers; empty when nothing stopped. */
  public String sentence() {
    return switch (kind) {
      case NONE -> "";
      case CANCELLED -> "its owner wants no more of it";
      case RECALLED -> "its software was recalled: " + text;
      case FAILING -> "its units kept failing: " + text;
    };
  }
}
