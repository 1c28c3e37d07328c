package org.almoner.coordinator.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.PublicKey;
import org.almoner.protocol.identity.SigningKey;

/** A file that holds one Ed25519 seed as 64 hexadecimal digits and a newline, mode 0600. */
public final class SeedFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private SeedFile() {}

  /**
   * Reads the seed in {@code file}, drawing one when there is none yet.
   *
   * @throws IOException in one sentence, when others may read the file, it is no seed, or cannot be
   *     written
   */
  public static SigningKey openOrCreate(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      create(file, SigningKey.generate(random));
    }
    return open(file);
  }

  /**
   * Reads the seed in {@code file}.
   *
   * @throws IOException in one sentence, when there is none, others may read it, or it is no seed
   */
  public static SigningKey open(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "key file "
              + file
              + " is missing, though this coordinator ran before; restore it from a copy, and see"
              + " docs/reference/keys.md if there is none");
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    for (PosixFilePermission permission : permissions) {
      if (!permission.name().startsWith("OWNER_")) {
        throw new IOException(
            "key file "
                + file
                + " has mode "
                + PosixFilePermissions.toString(permissions)
                + " and may have been read by others; replace the key, or run chmod 600 when you"
                + " are sure that nobody did");
      }
    }
    return read(file);
  }

  /**
   * The public half of the key in {@code file}, whoever may read the file.
   *
   * @throws IOException in one sentence, when there is none or it is no seed
   */
  public static PublicKey publicKey(Path file) throws IOException {
    return read(file).publicKey();
  }

  private static SigningKey read(Path file) throws IOException {
    if (Files.size(file) > 100) {
      throw new IOException("key file " + file + " is no seed: expected 64 hexadecimal digits");
    }
    try {
      String hex = Files.readString(file, StandardCharsets.US_ASCII).strip();
      return SigningKey.of(Bytes.parseHex(hex).toArray());
    } catch (IllegalArgumentException e) {
      throw new IOException("key file " + file + " is no seed: " + e.getMessage(), e);
    }
  }

  private static void create(Path file, SigningKey key) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("key file " + file + " has no folder");
    }
    Files.createDirectories(folder);
    FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    Path draft = Files.createTempFile(folder, "seed", ".part", mode);
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      String line = Bytes.of(key.seed()).toHex() + "\n";
      channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
