package org.almoner.tax.jurisdiction;

import java.io.IOException;
import java.io.InputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ProfileProperties {
  @Property(tries = 300)
  void aChangedProfileIsReadOrRefusedButNothingElse(
      @ForAll @IntRange(max = 6000) int at, @ForAll @Size(max = 6) byte[] put) throws IOException {
    byte[] yaml = generic();
    System.arraycopy(put, 0, yaml, Math.min(at, yaml.length - put.length), put.length);
    try {
      Profile.parse(yaml);
    } catch (MalformedProfile expected) {
      assert expected.getMessage().startsWith("line ");
    }
  }

  @Property(tries = 200)
  void anyOctetsAreReadOrRefusedButNothingElse(@ForAll @Size(max = 200) byte[] octets) {
    try {
      Profile.parse(octets);
    } catch (MalformedProfile expected) {
      assert expected.getMessage().startsWith("line ");
    }
  }

  private static byte[] generic() throws IOException {
    try (InputStream in = Profile.class.getResourceAsStream("profiles/generic.yaml")) {
      return in.readAllBytes();
    }
  }
}
