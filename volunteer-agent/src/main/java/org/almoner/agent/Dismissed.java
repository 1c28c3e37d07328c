package org.almoner.agent;

import org.almoner.agent.durable.NeedsOwner;

/**
 * The donor for whom this computer worked was erased; the message says what to do.
 *
 * <p>The agent ends. It takes no new key by itself, as it does when a key is suspended: somebody
 * asked to be forgotten, and whether the computer works on is for a person to say.
 */
public final class Dismissed extends NeedsOwner {
  private static final long serialVersionUID = 1L;

  Dismissed(String sentence) {
    super(sentence);
  }
}
