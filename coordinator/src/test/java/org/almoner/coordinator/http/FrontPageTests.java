package org.almoner.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.http.page.FrontPage;
import org.almoner.coordinator.http.page.LatestCheckpoint;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.Test;

class FrontPageTests {
  private static final URI SOURCE = URI.create("https://source.example/almoner?a=1&b=2");
  private static final LatestCheckpoint CHECKPOINT =
      () -> Optional.of(new LatestCheckpoint.Published("log.example/2026", 1_234_567, "cm9vdA=="));

  @Test
  void batchesOfOneNameAreOneProject() {
    String html =
        page(
            List.of(
                view(2, "mersenne", "New purpose.", 4_500, 3_000, 7_200_000),
                view(1, "mersenne", "Old purpose.", 500, 500, 3_600_000)));
    assertThat(html).containsOnlyOnce("<h3>mersenne</h3>");
    assertThat(html).contains("New purpose.").doesNotContain("Old purpose.");
    assertThat(html).contains("<dd>3,500 of 5,000</dd>").contains("<dd>3.0 h</dd>");
    assertThat(html).contains("<progress value=\"3500\" max=\"5000\"");
  }

  @Test
  void textOfOthersCannotBecomeMarkup() {
    String evil = "<script>alert('x')</script>\"&";
    String html = page(List.of(view(1, evil, evil, 1, 0, 0)));
    assertThat(html).doesNotContain("<script").doesNotContain("alert('x')");
    assertThat(html)
        .contains("<h3>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;</h3>");
    assertThat(html).contains("href=\"https://source.example/almoner?a=1&amp;b=2\"");
  }

  @Test
  void thePageNeedsNoScriptAndNothingFromElsewhere() {
    String html = page(List.of(view(1, "p", "q", 1, 0, 0)));
    assertThat(html).doesNotContain("<script").doesNotContain("style=").doesNotContain("<img");
    assertThat(FrontPage.STYLE).doesNotContain("url(").doesNotContain("@import");
  }

  @Test
  void theNewestCheckpointStandsThere() {
    assertThat(page(List.of()))
        .contains("<dd>log.example/2026</dd>")
        .contains("<dd>1,234,567</dd>")
        .contains("<code>cm9vdA==</code>")
        .contains("<code>log.example/2026+00000000+key</code>")
        .contains("No project has submitted work yet.");
  }

  @Test
  void aLogThatCannotBeReadIsSaidToBeSo() {
    String html =
        new FrontPage(
                new ScriptedDesk(),
                () -> {
                  throw new IOException("secret path");
                },
                SOURCE)
            .html();
    assertThat(html).contains("cannot be read at the moment").doesNotContain("secret path");
    assertThat(new FrontPage(new ScriptedDesk(), Optional::empty, SOURCE).html())
        .contains("The log has no entry yet.");
  }

  @Test
  void aStoppedCoordinatorSaysWhy() {
    ScriptedDesk desk = new ScriptedDesk();
    desk.stopped = Optional.of("the disk <is> full");
    String html = new FrontPage(desk, CHECKPOINT, SOURCE).html();
    assertThat(html).contains("No work is accepted at the moment: the disk &lt;is&gt; full");
  }

  @Test
  void moreProjectsThanFitAreCounted() {
    List<BatchView> many =
        IntStream.range(0, FrontPage.PROJECTS_MAX + 3)
            .mapToObj(i -> view(i, "project-" + i, "Purpose.", 1, 0, 0))
            .toList();
    String html = page(many);
    assertThat(html).contains("project-49").doesNotContain("project-50<");
    assertThat(html).contains("And 3 more projects.");
  }

  private static String page(List<BatchView> newestFirst) {
    ScriptedDesk desk = new ScriptedDesk();
    newestFirst.forEach(batch -> desk.batches.add(0, batch));
    return new FrontPage(desk, CHECKPOINT, SOURCE).html();
  }

  private static BatchView view(
      int id, String project, String purpose, long units, long accepted, long cpuMs) {
    return new BatchView(
        BatchId.parseHex("%016x".formatted(id)),
        project,
        purpose,
        "mersenne 1.0",
        units,
        1,
        accepted,
        accepted,
        0,
        0,
        cpuMs,
        false);
  }
}
