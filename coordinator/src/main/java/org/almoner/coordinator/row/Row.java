package org.almoner.coordinator.row;

import org.almoner.protocol.bytes.Bytes;

/** Something whose state is kept in one row. */
public interface Row {
  /** No octets: the row is removed. */
  Bytes REMOVED = Bytes.of(new byte[0]);

  /** Family, slash, rest; never changes. */
  String key();

  /**
   * Whether the row may stand in the store before its group is staged, and so need not be staged
   * with it: nothing reads it until the log has the group's entries, and the next group to be
   * staged would overwrite it.
   */
  default boolean aheadOfGroup() {
    return false;
  }

  /** The row as it must be kept now; {@link #REMOVED} when it must not. */
  Bytes image();
}
