package org.almoner.tax.jurisdiction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CaptionsTests {
  private static final int OCTETS_MAX = 65_536;

  /** A whole set as somebody wrote it, without the lines that begin so. */
  private static Captions without(String lines) throws MalformedProfile {
    String all =
        new String(ShippedProfiles.captions("en").orElseThrow(), StandardCharsets.UTF_8)
            .replaceAll("(?m)^  (" + lines + "):.*\\R", "");
    Fields fields = Fields.read(all.getBytes(StandardCharsets.UTF_8), OCTETS_MAX);
    Captions captions = Captions.read(fields);
    fields.finish();
    return captions;
  }

  @Test
  void aSetThatWasReviewedBeforeALabelCameStillHoldsAndHasTheEnglishWords() throws Exception {
    assertThat(without("check_how|check_nothing").words())
        .containsKeys(Label.CHECK_HOW, Label.CHECK_NOTHING)
        .isEqualTo(Captions.shipped("en").orElseThrow().words());
  }

  @Test
  void everyOtherLabelIsAskedFor() {
    assertThatThrownBy(() -> without("check"))
        .isInstanceOf(MalformedProfile.class)
        .hasMessageContaining("check");
  }
}
