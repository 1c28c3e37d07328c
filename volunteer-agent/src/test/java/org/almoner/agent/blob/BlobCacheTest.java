package org.almoner.agent.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.almoner.agent.durable.FsyncDisk;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.lease.BlobRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCacheTest {
  @TempDir Path home;
  private Instant now = Instant.ofEpochSecond(1_000_000);

  @Test
  void whatWasKeptIsFoundUntilItIsDamaged() throws Exception {
    BlobCache cache = cache();
    BlobRef blob = blob("module", 100);
    assertThat(cache.find(blob)).isEmpty();
    Path file = keep(cache, blob, "module", 100);
    assertThat(cache.find(blob)).contains(file);
    assertThat(cache().find(blob)).contains(file);
    byte[] octets = Files.readAllBytes(file);
    octets[50] ^= 1;
    Files.write(file, octets);
    assertThat(cache.find(blob)).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void theOneUnusedForLongestMakesRoomButNeverOneThatIsNeeded() throws Exception {
    BlobCache cache = cache();
    BlobRef[] blobs = new BlobRef[4];
    for (int i = 0; i < 4; i++) {
      blobs[i] = blob("b" + i, 100);
      now = now.plusSeconds(1);
      keep(cache, blobs[i], "b" + i, 100);
    }
    now = now.plusSeconds(1);
    assertThat(cache.find(blobs[0])).isPresent();
    cache.hold(Set.of(blobs[1]));
    cache.trim();
    assertThat(cache.find(blobs[0])).isPresent();
    assertThat(cache.find(blobs[1])).isPresent();
    assertThat(cache.find(blobs[2])).isEmpty();
    assertThat(cache.find(blobs[3])).isPresent();
    cache.empty();
    assertThat(cache.find(blobs[1])).isPresent();
    cache.release(Set.of(blobs[1]));
    cache.empty();
    assertThat(cache.newest(4)).isEmpty();
  }

  @Test
  void halfADownloadIsGoneAfterARestart() throws Exception {
    BlobRef blob = blob("half", 100);
    Path half = Files.write(cache().incoming(blob), new byte[50]);
    cache();
    assertThat(half).doesNotExist();
  }

  private BlobCache cache() throws Exception {
    return new BlobCache(home, new FsyncDisk(), () -> now, 300);
  }

  private static Path keep(BlobCache cache, BlobRef blob, String seed, int size) throws Exception {
    return cache.keep(blob, Files.write(cache.incoming(blob), octets(seed, size)));
  }

  private static BlobRef blob(String seed, int size) {
    return new BlobRef(seed, Hash.sha256(octets(seed, size)), size);
  }

  private static byte[] octets(String seed, int size) {
    byte[] octets = new byte[size];
    java.util.Arrays.fill(octets, (byte) seed.hashCode());
    return octets;
  }
}
