package org.almoner.coordinator.opening;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.almoner.coordinator.desk.Refusal;
import org.almoner.coordinator.row.DamagedRow;
import org.almoner.coordinator.row.Row;
import org.almoner.coordinator.row.RowReader;
import org.almoner.coordinator.row.RowStore;
import org.almoner.coordinator.row.RowWriter;
import org.almoner.coordinator.writer.Group;
import org.almoner.protocol.bytes.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All opening keys. They are drawn on the writer's thread, made durable with {@link #flush} before
 * the group that uses them is staged, used on any thread, and destroyed for good.
 *
 * <p>The store keeps the name of the ring and how many keys were ever drawn, in the same commit
 * that first uses them: so a key file that is missing, another's or too old is known at the start.
 */
public final class OpeningKeys {
  private static final String KEY = "meta/openings";
  private static final int VERSION = 1;
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int TAG_BITS = 128;
  private static final Logger LOG = LoggerFactory.getLogger(OpeningKeys.class);

  private final KeyShelf shelf;
  private final SecureRandom random;
  private final Bytes ring;
  private final Map<KeyId, KeyFile.Key> held = new ConcurrentHashMap<>();
  private final Set<KeyId> erased = ConcurrentHashMap.newKeySet();
  private final List<KeyFile.Key> drawn = new ArrayList<>();
  private long next;

  private OpeningKeys(KeyShelf shelf, SecureRandom random, KeyFile file) {
    this.shelf = shelf;
    this.random = random;
    this.ring = file.ring();
    this.next = file.next();
    file.keys().forEach(key -> held.put(key.id(), key));
  }

  /**
   * Opens the keys of a store, making their file when the store has never drawn one, and destroys
   * again what was erased and has come back.
   *
   * @throws IOException in one sentence, when file and store do not belong together
   */
  public static OpeningKeys open(RowStore store, KeyShelf shelf, SecureRandom random)
      throws IOException {
    Optional<Bytes> row = store.get(KEY);
    Optional<Bytes> octets = shelf.read();
    if (octets.isEmpty()) {
      if (row.isPresent()) {
        throw refusal("is missing, and the store holds records sealed under its keys");
      }
      octets = Optional.of(begin(random));
      shelf.replace(octets.get());
    }
    KeyFile file = row.isPresent() ? parse(octets.get(), row.get()) : parse(octets.get(), 0);
    OpeningKeys keys = new OpeningKeys(shelf, random, file);
    if (file.torn()) {
      LOG.atWarn().log("the key file ended in keys that were never used; they are cut off");
      keys.rewrite();
    }
    keys.destroyAgain(store);
    return keys;
  }

  private static Bytes begin(SecureRandom random) {
    byte[] ring = new byte[KeyFile.RING_SIZE];
    random.nextBytes(ring);
    return new KeyFile(Bytes.of(ring), 0, List.of(), false).format();
  }

  private static KeyFile parse(Bytes octets, long used) throws IOException {
    try {
      return KeyFile.parse(octets, used);
    } catch (IOException e) {
      throw refusal(String.valueOf(e.getMessage()));
    }
  }

  /** The file, which must be the one that the store's row knows, and not an older state of it. */
  private static KeyFile parse(Bytes octets, Bytes row) throws IOException {
    RowReader in = new RowReader(KEY, row, VERSION);
    Bytes ring = in.fixed(KeyFile.RING_SIZE);
    long used = in.number();
    in.end();
    KeyFile file = parse(octets, used);
    if (!ring.equals(file.ring())) {
      throw refusal("belongs to another store");
    }
    if (file.next() < used) {
      throw refusal(
          "is older than the store: it ends before key "
              + file.next()
              + ", and "
              + used
              + " were drawn");
    }
    return file;
  }

  private static IOException refusal(String what) {
    return new IOException(
        "the key file keys/"
            + FileKeyShelf.FILE
            + " "
            + what
            + "; put its newest copy back, for without the keys nobody can ever open those"
            + " records");
  }

  private void destroyAgain(RowStore store) throws IOException {
    List<KeyId> gone = new ArrayList<>();
    Erasure.all(store).forEach(erasure -> gone.addAll(erasure.keys()));
    destroy(gone);
  }

  /** Whether the store was begun by a program that seals what opens entries. */
  public static boolean sealsIn(RowStore store) throws IOException {
    return store.get(KEY).isPresent();
  }

  /** Has the store know its ring; in the first group of all. */
  public void begin(Group group) throws IOException {
    if (group.octets(KEY).isEmpty()) {
      group.touch(drawnSoFar());
    }
  }

  /** Draws a key, to be used in this group and later ones. On the writer's thread. */
  public synchronized KeyId draw(Group group) {
    byte[] secret = new byte[KeyFile.Key.SECRET_SIZE];
    random.nextBytes(secret);
    KeyFile.Key key = new KeyFile.Key(next, KeyId.draw(random), Bytes.of(secret));
    next++;
    held.put(key.id(), key);
    drawn.add(key);
    group.touch(drawnSoFar());
    return key.id();
  }

  /** Makes the keys drawn since durable, all in one write. */
  public synchronized void flush() throws IOException {
    if (!drawn.isEmpty()) {
      shelf.append(KeyFile.pieces(ring, drawn));
      drawn.clear();
    }
  }

  /** From now on these keys open nothing and count as erased; their file is not written yet. */
  public void forget(Collection<KeyId> keys) {
    erased.addAll(keys);
  }

  /** Destroys keys: when it returns, the file is without them. To do it again does no harm. */
  public synchronized void destroy(Collection<KeyId> keys) throws IOException {
    forget(keys);
    if (keys.stream().anyMatch(held::containsKey)) {
      rewrite();
      held.keySet().removeAll(keys);
    }
  }

  /** Keys that were drawn and not flushed yet are appended later. */
  private void rewrite() throws IOException {
    long written = next - drawn.size();
    List<KeyFile.Key> left =
        held.values().stream()
            .filter(key -> key.number() < written && !erased.contains(key.id()))
            .sorted(Comparator.comparingLong(KeyFile.Key::number))
            .toList();
    shelf.replace(new KeyFile(ring, written, left, false).format());
  }

  /** Whether what this key sealed was erased. */
  public boolean isErased(KeyId key) {
    return erased.contains(key);
  }

  /**
   * Refuses when the key cannot be used.
   *
   * @param whose whose openings it seals, for the sentence
   */
  public void require(KeyId key, String whose) {
    secret(key, whose);
  }

  /**
   * Seals octets.
   *
   * @param about what they are and where they stand; to be named again to open them
   * @param whose whose openings the key seals, for the sentence of a refusal
   */
  public Sealed seal(KeyId key, String about, Bytes octets, String whose) {
    byte[] nonce = new byte[Sealed.NONCE_SIZE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, secret(key, whose), nonce, about);
      return new Sealed(key, Bytes.of(nonce), Bytes.of(cipher.doFinal(octets.toArray())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  /**
   * Opens what {@link #seal} sealed.
   *
   * @throws Refusal 410 when its key was erased, 500 when it is missing though nobody was erased
   * @throws DamagedRow when the octets are not those that were sealed
   */
  public Bytes open(Sealed sealed, String about, String whose) throws DamagedRow {
    Bytes secret = secret(sealed.key(), whose);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, secret, sealed.nonce().toArray(), about);
      return Bytes.of(cipher.doFinal(sealed.octets().toArray()));
    } catch (AEADBadTagException e) {
      throw new DamagedRow("the sealed " + about + " of " + whose + " is damaged");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + CIPHER, e);
    }
  }

  private static Cipher cipher(int mode, Bytes secret, byte[] nonce, String about)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        mode, new SecretKeySpec(secret.toArray(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(Bytes.utf8(about).toArray());
    return cipher;
  }

  private Bytes secret(KeyId id, String whose) {
    if (isErased(id)) {
      throw Erased.openings(whose);
    }
    KeyFile.Key key = held.get(id);
    if (key == null) {
      String sentence =
          "the key of the openings of "
              + whose
              + " is not in keys/"
              + FileKeyShelf.FILE
              + ", and nobody erased it; the operator has to put a copy of the file back that"
              + " holds it";
      LOG.atError().addKeyValue("event", "opening-lost").addKeyValue("key", id).log(sentence);
      throw new Refusal(500, "opening-lost", "A key is missing", sentence);
    }
    return key.secret();
  }

  private Row drawnSoFar() {
    long soFar = next;
    return new Row() {
      @Override
      public String key() {
        return KEY;
      }

      @Override
      public Bytes image() {
        return new RowWriter(VERSION).fixed(ring).number(soFar).finish();
      }
    };
  }
}
