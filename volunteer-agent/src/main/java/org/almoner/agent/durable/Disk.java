package org.almoner.agent.durable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * Where the agent keeps what must survive: each verb that returned has happened for good, and one
 * that did not return has happened as a whole or not at all.
 *
 * <p>Names that end in {@value #UNFINISHED} belong to this interface: a half-written file bears
 * such a name and {@link #list} never shows it.
 */
public interface Disk {
  /** How the name of a file ends that is still being written. */
  String UNFINISHED = ".tmp";

  /** Puts {@code octets} at {@code file}, in place of what was there. */
  void write(Path file, Bytes octets) throws IOException;

  /** As {@link #write}, readable and writable by the owner of this process alone. */
  void writeSecret(Path file, Bytes octets) throws IOException;

  /**
   * Moves a file that anyone wrote to {@code file}, in place of what was there; both lie on one
   * file system.
   */
  void adopt(Path source, Path file) throws IOException;

  /** Gives a directory another name on its file system; nothing is at {@code to}. */
  void moveDirectory(Path directory, Path to) throws IOException;

  /** Removes a file, if it is there. */
  void delete(Path file) throws IOException;

  /** Makes a directory and those above it, unless they are there. */
  void makeDirectory(Path directory) throws IOException;

  /**
   * The octets of a file, or nothing when it is not there.
   *
   * @throws DamagedFile when it holds more than {@code max} octets
   */
  Optional<Bytes> read(Path file, int max) throws IOException;

  /** Octets of a file that is there. */
  long size(Path file) throws IOException;

  /** SHA-256 of the octets of a file that is there. */
  Hash digest(Path file) throws IOException;

  /** Octets that may still be written below a directory that is there, as far as can be told. */
  long free(Path directory) throws IOException;

  /** Whether no other user of this computer may read the file, as far as that can be told. */
  boolean isSecret(Path file) throws IOException;

  /** The files of a directory sorted by name; none when the directory is not there. */
  List<Path> list(Path directory) throws IOException;
}
