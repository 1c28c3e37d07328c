package org.almoner.coordinator.backup;

import java.io.IOException;
import java.nio.file.Path;

/** Copies of a running coordinator, one at a time. */
public interface Backups {
  /**
   * Begins to copy what only the running process can copy whole. Returns at once.
   *
   * @param folder where to; it must hold the file {@value #TICKET} with {@code ticket} in it, so
   *     that only who may write there can have anything written there
   * @throws org.almoner.coordinator.desk.Refusal when another copy is being made, or the folder
   *     does not hold the ticket
   */
  void begin(Path folder, String ticket) throws IOException;

  /** How far the last one has come. */
  Progress progress();

  /** File in the folder of a copy that is not whole. */
  String TICKET = "unfinished";

  /**
   * How far a copy has come.
   *
   * @param state {@code none}, {@code rows}, {@code documents}, {@code log}, {@code done} or {@code
   *     failed}
   * @param rows rows copied
   * @param entries entries of the log copied
   * @param size entries of the log to copy; 0 as long as it is not known
   * @param epoch number of the last batch of the moment; 0 as long as it is not known
   * @param why why it failed; empty unless it did
   */
  record Progress(String state, long rows, long entries, long size, long epoch, String why) {
    /** Nothing was copied since the start. */
    public static final Progress NONE = new Progress("none", 0, 0, 0, 0, "");
  }
}
