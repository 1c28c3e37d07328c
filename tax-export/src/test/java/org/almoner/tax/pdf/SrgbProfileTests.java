package org.almoner.tax.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SrgbProfileTests {
  private final ICC_Profile profile = ICC_Profile.getInstance(SrgbProfile.octets());

  @Test
  void itIsADisplayProfileForThreeColours() {
    assertThat(profile.getProfileClass()).isEqualTo(ICC_Profile.CLASS_DISPLAY);
    assertThat(profile.getColorSpaceType()).isEqualTo(ColorSpace.TYPE_RGB);
    assertThat(profile.getMajorVersion()).isEqualTo(4);
    assertThat(SrgbProfile.octets()).hasSizeLessThan(1000).isEqualTo(SrgbProfile.octets());
  }

  @Test
  void itMeansTheSameColoursAsThePlatformsOwnProfile() {
    ICC_ColorSpace ours = new ICC_ColorSpace(profile);
    ColorSpace platform = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    float[][] colours = {{0, 0, 0}, {1, 1, 1}, {.08f, .2f, .31f}, {.9f, .1f, .5f}, {.02f, .6f, 1}};
    for (float[] colour : colours) {
      float[] expected = platform.toCIEXYZ(colour);
      float[] actual = ours.toCIEXYZ(colour);
      for (int i = 0; i < 3; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], Offset.offset(0.004f));
      }
    }
  }
}
