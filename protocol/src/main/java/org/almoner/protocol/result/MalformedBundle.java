package org.almoner.protocol.result;

/**
 * Octets that are no output bundle; the message names the file, by its number from 1, and what is
 * wrong.
 */
public final class MalformedBundle extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedBundle(String message) {
    super(message);
  }
}
