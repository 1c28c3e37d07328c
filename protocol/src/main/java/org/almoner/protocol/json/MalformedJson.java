package org.almoner.protocol.json;

/** Octets or fields that are not what a record of ours may be; the message is one sentence. */
public final class MalformedJson extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says in {@code sentence} what came and what was expected. */
  public MalformedJson(String sentence) {
    super(sentence);
  }
}
