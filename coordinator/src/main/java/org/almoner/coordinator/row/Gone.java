package org.almoner.coordinator.row;

import org.almoner.protocol.bytes.Bytes;

/** A row that is to be removed. */
public record Gone(String key) implements Row {
  @Override
  public Bytes image() {
    return REMOVED;
  }
}
