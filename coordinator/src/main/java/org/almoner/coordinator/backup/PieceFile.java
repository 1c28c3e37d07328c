package org.almoner.coordinator.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;

/**
 * A file of named pieces: a line that says what it is, then for each piece the length of its name
 * (2 octets), the name in UTF-8, the length of its octets (4) and the octets; at the end the length
 * 0, the number of pieces (8) and the SHA-256 of everything before it. Numbers are big-endian.
 */
final class PieceFile {
  /** Longest piece, in octets: a staged batch holds at most a group's requests twice over. */
  static final int PIECE_BYTES_MAX = 256 << 20;

  private static final int BUFFER = 1 << 20;

  private PieceFile() {}

  /** Writes one. */
  static final class Writer implements AutoCloseable {
    private final FileChannel channel;
    private final MessageDigest digest = Hash.newDigest();
    private final DataOutputStream out;
    private long count;

    Writer(Path file, String kind) throws IOException {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      OutputStream hashed = new DigestOutputStream(Channels.newOutputStream(channel), digest);
      out = new DataOutputStream(new BufferedOutputStream(hashed, BUFFER));
      out.write((kind + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void add(String name, byte[] octets) throws IOException {
      byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
      if (utf8.length == 0 || utf8.length > 0xffff || octets.length > PIECE_BYTES_MAX) {
        throw new BackupFailed("the piece " + name + " does not fit into a copy");
      }
      out.writeShort(utf8.length);
      out.write(utf8);
      out.writeInt(octets.length);
      out.write(octets);
      count++;
    }

    /** Ends it; on the disk when this returns. Gives the number of pieces. */
    long end() throws IOException {
      out.writeShort(0);
      out.writeLong(count);
      out.flush();
      out.write(digest.digest());
      out.flush();
      channel.force(true);
      return count;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** A piece as it was written. */
  record Piece(String name, Bytes octets) {}

  /** Reads one, and believes its end only when everything before it hashes to it. */
  static final class Reader implements AutoCloseable {
    private final Path file;
    private final MessageDigest digest = Hash.newDigest();
    private final DigestInputStream hashed;
    private final DataInputStream in;
    private long count;

    Reader(Path file, String kind) throws IOException {
      this.file = file;
      this.hashed =
          new DigestInputStream(
              new BufferedInputStream(Files.newInputStream(file), BUFFER), digest);
      this.in = new DataInputStream(hashed);
      byte[] line = (kind + "\n").getBytes(StandardCharsets.UTF_8);
      if (!Bytes.of(in.readNBytes(line.length)).equals(Bytes.of(line))) {
        in.close();
        throw damaged("does not begin with '" + kind + "'");
      }
    }

    /** The next piece; nothing at the end, which was checked then. */
    Optional<Piece> next() throws IOException {
      try {
        int name = in.readUnsignedShort();
        if (name == 0) {
          end();
          return Optional.empty();
        }
        String text = new String(whole(name), StandardCharsets.UTF_8);
        int length = in.readInt();
        if (length < 0 || length > PIECE_BYTES_MAX) {
          throw damaged("has a piece of " + length + " octets");
        }
        count++;
        return Optional.of(new Piece(text, Bytes.of(whole(length))));
      } catch (EOFException e) {
        throw damaged("is cut short");
      }
    }

    private byte[] whole(int length) throws IOException {
      byte[] octets = in.readNBytes(length);
      if (octets.length < length) {
        throw new EOFException();
      }
      return octets;
    }

    private void end() throws IOException {
      if (in.readLong() != count) {
        throw damaged("does not hold as many pieces as it says");
      }
      Bytes hash = Bytes.of(digest.digest());
      hashed.on(false);
      if (!Bytes.of(whole(Hash.SIZE)).equals(hash) || in.read() >= 0) {
        throw damaged("was changed: its octets do not hash to its end");
      }
    }

    private BackupFailed damaged(String what) {
      return new BackupFailed(file + " " + what + "; use another copy");
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
