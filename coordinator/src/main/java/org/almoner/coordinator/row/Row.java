package org.almoner.coordinator.row;

import org.almoner.protocol.bytes.Bytes;

/** Something whose state is kept in one row. */
public interface Row {
  /** No octets: the row is removed. */
  Bytes REMOVED = Bytes.of(new byte[0]);

  /** Family, slash, rest; never changes. */
  String key();

  /** The row as it must be kept now; {@link #REMOVED} when it must not. */
  Bytes image();
}
