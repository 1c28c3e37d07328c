package org.almoner.protocol.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.almoner.protocol.bytes.Bytes;

class OutputBundleProperties {
  @Property
  void whatIsEncodedIsRead(@ForAll("bundles") OutputBundle bundle) throws Exception {
    assertThat(OutputBundle.parse(bundle.encode())).isEqualTo(bundle);
  }

  /**
   * Whatever is accepted is the one encoding of what it says: no second spelling of a bundle
   * exists.
   */
  @Property
  void aMutatedBundleIsRefusedOrIsTheOnlySpellingOfAnother(
      @ForAll("bundles") OutputBundle bundle, @ForAll long seed) {
    byte[] octets = bundle.encode();
    Random random = new Random(seed);
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      octets[random.nextInt(octets.length)] =
          (byte)
              (random.nextBoolean()
                  ? random.nextInt(256)
                  : "0123456789:/\n".charAt(random.nextInt(13)));
    }
    try {
      assertThat(OutputBundle.parse(octets).encode()).isEqualTo(octets);
    } catch (MalformedBundle expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  @Property
  void anythingElseIsRefusedWithASentence(@ForAll byte[] octets) {
    try {
      OutputBundle.parse(octets);
    } catch (MalformedBundle expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<OutputBundle> bundles() {
    Arbitrary<String> part =
        Arbitraries.strings()
            .withCharRange('a', 'f')
            .withChars("é.0")
            .ofMinLength(1)
            .ofMaxLength(6)
            .filter(s -> !s.equals(".") && !s.equals(".."));
    Arbitrary<String> path =
        part.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("/", parts));
    Arbitrary<byte[]> content = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    return Arbitraries.maps(path, content).ofMaxSize(6).map(OutputBundleProperties::bundle);
  }

  private static OutputBundle bundle(Map<String, byte[]> files) {
    Map<BundlePath, byte[]> sorted = new TreeMap<>();
    files.forEach((path, content) -> sorted.put(new BundlePath(path), content));
    List<OutputBundle.OutputFile> list = new ArrayList<>();
    sorted.forEach(
        (path, content) -> list.add(new OutputBundle.OutputFile(path, Bytes.of(content))));
    return new OutputBundle(list);
  }
}
