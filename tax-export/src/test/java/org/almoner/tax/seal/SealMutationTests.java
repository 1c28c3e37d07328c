package org.almoner.tax.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.almoner.tax.pdf.Documents;
import org.almoner.tax.pdf.MalformedDocument;
import org.almoner.tax.pdf.PdfEvidence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some hundred files that were sealed and then damaged, each in its own way. */
class SealMutationTests {
  private static final int FILES = 200;

  @TempDir Path folder;

  @Test
  void aDamagedFileIsNeverIntactAndNeverMoreThanASentence() throws Exception {
    damage(FILES, 20_261_120);
  }

  @Test
  @Tag("long")
  void norAreManyMore() throws Exception {
    damage(25 * FILES, 417);
  }

  @Test
  void aDamagedFileWithATimeStampIsNeverIntactEither() throws Exception {
    damage(stamped(), FILES / 3, 9_417);
  }

  @Test
  @Tag("long")
  void norAreManyMoreWithATimeStamp() throws Exception {
    damage(stamped(), 25 * FILES, 9_418);
  }

  private SealKey key() throws Exception {
    return SealKey.openOrCreate(
        folder.resolve("seal.p12"), "Open Estuary", Documents.CLOCK, Documents.RANDOM);
  }

  /** Its authority's certificate was issued by the root, so nothing needs the root to be found. */
  private byte[] stamped() throws Exception {
    Authorities.Holder root = Authorities.root("Time Root");
    Authorities.Holder clock = Authorities.forTime(root, "Clockmaker", "EC");
    try (TimeDouble time =
        new TimeDouble(clock, List.of(clock.certificate()), Documents.SEALED_AT)) {
      return Sealer.stamped(key(), time.believed(List.of(root.certificate())))
          .seal(Documents.unsealed(), Documents.SEALED_AT);
    }
  }

  private void damage(int files, long seed) throws Exception {
    damage(Seal.seal(Documents.unsealed(), key(), Documents.SEALED_AT), files, seed);
  }

  private void damage(byte[] sealed, int files, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < files; i++) {
      byte[] damaged = damaged(sealed, random);
      if (Arrays.equals(damaged, sealed)) {
        continue;
      }
      SealFinding finding = SealCheck.check(damaged);
      assertThat(finding).as("file %d", i).isNotInstanceOf(IntactSeal.class);
      try {
        PdfEvidence.read(damaged);
      } catch (MalformedDocument expected) {
        assertThat(expected).hasMessageNotContaining("null");
      }
    }
  }

  private static byte[] damaged(byte[] sealed, SplittableRandom random) {
    byte[] file = sealed.clone();
    int at = random.nextInt(file.length);
    switch (random.nextInt(6)) {
      case 0 -> file[at] = (byte) random.nextInt(256);
      case 1 -> {
        for (int i = 0; i < 20; i++) {
          file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 2 -> file = Arrays.copyOf(file, at);
      case 3 -> {
        int length = Math.min(random.nextInt(1, 400), file.length - at);
        file = without(file, at, length);
      }
      case 4 -> {
        int source = random.nextInt(file.length - 400);
        int target = random.nextInt(file.length - 400);
        System.arraycopy(sealed, source, file, target, random.nextInt(1, 400));
      }
      default -> {
        // Numbers are what a reader trusts most: change one.
        while (at < file.length - 1 && (file[at] < '0' || file[at] > '9')) {
          at++;
        }
        file[at] = (byte) ('0' + random.nextInt(10));
      }
    }
    return file;
  }

  private static byte[] without(byte[] file, int at, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, at);
    out.write(file, at + length, file.length - at - length);
    return out.toByteArray();
  }
}
