package org.almoner.agent.durable;

import java.io.IOException;

/**
 * Nothing goes on before a person has done what the message says; to try again later is of no use.
 */
public class NeedsOwner extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong and what to do. */
  public NeedsOwner(String sentence) {
    super(sentence);
  }
}
