package org.almoner.tax.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.almoner.tax.receipt.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogoTests {
  static final String SVG =
      "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100'><defs><linearGradient id='g'>"
          + "<stop offset='0' stop-color='#0a5'/><stop offset='1' stop-color='#05a'/>"
          + "</linearGradient></defs><rect width='190' height='90' rx='20' fill='url(#g)'/>"
          + "<circle cx='60' cy='50' r='25' fill='#fff' opacity='0.7'/>"
          + "<path d='M100 20 L150 80 L180 30 Z' fill='#fd0'/></svg>";

  static byte[] png(int width, int height) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < width; i++) {
      image.setRGB(i, i * height / width, 0x80cc2222);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] drawn(Logo logo) throws Exception {
    Brand brand = new Brand(logo, Brand.ALMONER.main(), Brand.ALMONER.accent());
    return new StatementPdf(brand, AsianFonts.none(), true)
        .render(new Sample().page(), Documents.WORDING, Documents.ATTACHMENTS);
  }

  @Test
  void anSvgIsDrawnAndAlwaysAlike() throws Exception {
    Logo logo = Logo.parse(SVG.getBytes(StandardCharsets.UTF_8));
    assertThat(logo.ratio()).isEqualTo(2);
    byte[] once = drawn(logo);
    assertThat(Arrays.equals(once, drawn(logo))).isTrue();
    assertThat(Arrays.equals(once, drawn(Logo.parse(SVG.getBytes(StandardCharsets.UTF_8)))))
        .isTrue();
    assertThat(Arrays.equals(once, drawn(Logo.almoner()))).isFalse();
  }

  @Test
  void aPngIsDrawn() throws Exception {
    Logo logo = Logo.parse(png(300, 100));
    assertThat(logo.ratio()).isEqualTo(3);
    assertThat(Arrays.equals(drawn(logo), drawn(logo))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<script>x()</script>|the element <script>",
        "<image href='http://x.example/a.png'/>|the element <image>",
        "<text>Name</text>|the element <text>",
        "<foreignObject/>|the element <foreignObject>",
        "<use href='#a'/>|the element <use>",
        "<style>@import url(x)</style>|the element <style>",
        "<rect onload='x()'/>|the attribute onload that runs or fetches",
        "<rect fill='url(http://x.example/a)'/>|the attribute fill that runs or fetches",
        "<rect style='fill: url( //x.example )'/>|the attribute style that runs or fetches",
        "<linearGradient href='file:///etc/passwd'/>|the attribute href that runs or fetches",
        "<x:rect xmlns:x='urn:x'/>|the element <rect>",
      })
  void whatIsActiveOrOutsideIsNamed(String inside, String sentence) {
    String svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>" + inside + "</svg>";
    assertThatThrownBy(() -> Logo.parse(svg.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedLogo.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void anEntityIsNotExpanded() {
    String svg =
        "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
            + "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><desc>&x;</desc></svg>";
    assertThatThrownBy(() -> Logo.parse(svg.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedLogo.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "<svg/>", "<svg xmlns='http://www.w3.org/2000/svg'/>"})
  void whatIsNoLogoIsRefused(String text) {
    assertThatThrownBy(() -> Logo.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedLogo.class);
  }

  @Test
  void aLogoThatIsTooLargeOrTooLongIsRefused() throws Exception {
    assertThatThrownBy(() -> Logo.parse(new byte[Logo.BYTES_MAX + 1]))
        .hasMessageContaining("at most 524288");
    assertThatThrownBy(() -> Logo.parse(png(PixelLogo.SIDE_MAX + 1, 600)))
        .hasMessageContaining("save it with at most 1200");
    assertThatThrownBy(() -> Logo.parse(png(500, 100))).hasMessageContaining("5.0 times as wide");
    assertThatThrownBy(() -> Logo.parse(Arrays.copyOf(png(20, 20), 40)))
        .hasMessageContaining("cannot be read as one");
  }

  /** Nothing but the one checked exception comes out, whatever stands in the file. */
  @Test
  void noChangedFileBringsDownTheReader() throws Exception {
    SplittableRandom random = new SplittableRandom(8);
    for (byte[] whole : new byte[][] {SVG.getBytes(StandardCharsets.UTF_8), png(40, 20)}) {
      for (int i = 0; i < 60; i++) {
        byte[] changed = whole.clone();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        try {
          assertThat(Logo.parse(changed).ratio()).isPositive();
        } catch (MalformedLogo e) {
          assertThat(e).hasMessageStartingWith("the logo");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "#ffffff,the colour #ffffff has a contrast of 1.0 with white paper; expected at least 4.5",
    "#f5c518,choose a darker one",
    "blue,a colour is written like #14344f",
    "#12345,a colour is written like #14344f",
  })
  void aColourThatCannotBeReadIsRefused(String colour, String sentence) {
    assertThatThrownBy(() -> Colour.parse(colour))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void aDarkColourIsTaken() {
    assertThat(Colour.parse("#7A1f5c")).hasToString("#7a1f5c");
  }
}
