package org.almoner.coordinator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.almoner.coordinator.desk.BatchView;
import org.almoner.coordinator.desk.Rebuilt;
import org.almoner.coordinator.desk.Recalled;
import org.almoner.coordinator.desk.StopReason;
import org.almoner.coordinator.http.page.FrontPage;
import org.almoner.coordinator.http.page.LatestCheckpoint;
import org.almoner.coordinator.http.page.LiveFrame;
import org.almoner.coordinator.http.page.PublicLog;
import org.almoner.coordinator.http.page.Sheet;
import org.almoner.protocol.lease.BatchId;
import org.junit.jupiter.api.Test;

class FrontPageTests {
  private static final URI SOURCE = URI.create("https://source.example/almoner?a=1&b=2");
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final LatestCheckpoint CHECKPOINT =
      new LatestCheckpoint() {
        @Override
        public Optional<Published> read() {
          return Optional.of(new Published("log.example/2026", 1_234_567, "cm9vdA=="));
        }

        @Override
        public Optional<Instant> grewAt() {
          return Optional.of(NOW.minusSeconds(200));
        }
      };

  @Test
  void batchesOfOneNameAreOneProject() {
    String html =
        page(
            List.of(
                view(2, "mersenne", "New purpose.", 4_500, 3_000, 7_200_000),
                view(1, "mersenne", "Old purpose.", 500, 500, 3_600_000)));
    assertThat(html).containsOnlyOnce(">mersenne</h3>");
    assertThat(html).contains("New purpose.").doesNotContain("Old purpose.");
    assertThat(html)
        .contains("<dd data-live=\"p0-agreed\">3,500 of 5,000</dd>")
        .contains("<dd data-live=\"p0-open\">1,500 units</dd>")
        .contains("<dd data-live=\"p0-cpu\">3.0 h</dd>")
        .contains("<dd data-live=\"all-cpu\">3.0 h</dd>");
    assertThat(html).contains("<progress data-live=\"p0-bar\" value=\"3500\" max=\"5000\"");
  }

  @Test
  void textOfOthersCannotBecomeMarkup() {
    String evil = "<script>alert('x')</script>\"&";
    String html = page(List.of(view(1, evil, evil, 1, 0, 0)));
    assertThat(html).containsOnlyOnce("<script").doesNotContain("alert('x')");
    assertThat(html).contains(">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;</h3>");
    assertThat(html).contains("href=\"https://source.example/almoner?a=1&amp;b=2\"");
  }

  @Test
  void thePageHasNothingInlineAndNothingFromElsewhere() {
    String html = page(List.of(view(1, "p", "q", 1, 0, 0)));
    assertThat(html)
        .containsOnlyOnce("<script")
        .contains("<script src=\"/page.js\" defer></script>");
    assertThat(html).doesNotContain("style=").doesNotContain("<img").doesNotContain(" onc");
    assertThat(Sheet.STYLE).doesNotContain("url(").doesNotContain("@import");
    assertThat(Sheet.SCRIPT)
        .doesNotContain("innerHTML")
        .doesNotContain("insertAdjacentHTML")
        .doesNotContain("eval(")
        .doesNotContain("http");
  }

  @Test
  void theNewestCheckpointStandsThere() {
    assertThat(page(List.of()))
        .contains(">log.example/2026</a>")
        .contains("<dd data-live=\"size\">1,234,567</dd>")
        .contains("<code data-live=\"root\">cm9vdA==</code>")
        .contains("<dd data-live=\"grew\">3 minutes ago</dd>")
        .contains("<code>log.example/2026+00000000+key</code>")
        .contains("No project has submitted work yet.");
  }

  @Test
  void aLogThatCannotBeReadIsSaidToBeSo() {
    String html =
        page(
            new ScriptedDesk(),
            () -> {
              throw new IOException("secret path");
            });
    assertThat(html).contains("cannot be read at the moment").doesNotContain("secret path");
    assertThat(page(new ScriptedDesk(), Optional::empty)).contains("The log has no entry yet.");
  }

  @Test
  void aStoppedCoordinatorSaysWhy() {
    ScriptedDesk desk = new ScriptedDesk();
    desk.stopped = Optional.of("the disk <is> full");
    String html = page(desk, CHECKPOINT);
    assertThat(html).contains("No work is accepted at the moment: the disk &lt;is&gt; full");
  }

  @Test
  void theNewestEntriesAreInPlainWordsAndLeadToTheirBundle() {
    assertThat(page(List.of()))
        .contains("<a data-live=\"e0-path\" href=\"/log/tile/entries/x004/822.p/135\">")
        .contains("<span data-live=\"e0-index\">1,233,920 to 1,234,566</span>")
        .contains("<td data-live=\"e0-words\">The day 20 November 2026 began, 647 times</td>")
        .contains("<tr hidden><td><a data-live=\"e1-path\" href=\"\">")
        .contains("e7-index")
        .doesNotContain("e8-index");
  }

  @Test
  void volunteersSeeWhetherTheSoftwareWasRebuiltAndRecalled() {
    ScriptedDesk desk = new ScriptedDesk();
    desk.batches.add(OwnerRouteTests.view(ScriptedDesk.BATCH, "mersenne"));
    desk.releases.add(ReleaseRouteTests.view(List.of(), List.of()));
    assertThat(page(desk, CHECKPOINT)).contains("<span>Not rebuilt from source</span>");
    desk.releases.set(
        0,
        ReleaseRouteTests.view(
            List.of(new Recalled(true, "It reads <too> far.", 9, 1_000)),
            List.of(
                new Rebuilt(
                    Rebuilt.Found.REPRODUCIBLE, false, "clang", LocalDate.of(2026, 11, 20)))));
    assertThat(page(desk, CHECKPOINT))
        .contains("<span>Rebuilt from source: reproducible</span>")
        .contains("<span>Recalled: It reads &lt;too&gt; far.</span>");
  }

  @Test
  void aProjectIsForItsOwner() {
    ScriptedDesk desk = new ScriptedDesk();
    BatchView view = view(1, "p", "q", 1, 0, 0);
    desk.batches.add(view);
    assertThat(page(desk, CHECKPOINT)).doesNotContain("For <strong>");
    desk.batchOwners.put(view.id(), "Institute of <Primes>");
    assertThat(page(desk, CHECKPOINT)).contains("For <strong>Institute of &lt;Primes&gt;</strong>");
  }

  @Test
  void oneNameOfTwoOwnersIsTwoProjects() {
    ScriptedDesk desk = new ScriptedDesk();
    BatchView one = view(1, "p", "q", 1, 0, 0);
    BatchView two = view(2, "p", "q", 1, 0, 0);
    desk.batches.addAll(List.of(one, two));
    desk.batchOwners.put(one.id(), "A");
    desk.batchOwners.put(two.id(), "B");
    assertThat(page(desk, CHECKPOINT))
        .contains("<strong>A</strong>")
        .contains("<strong>B</strong>");
  }

  @Test
  void aFrameNamesExactlyThePlacesOfThePage() {
    ScriptedDesk desk = new ScriptedDesk();
    desk.batches.add(view(1, "p", "q", 9, 3, 5));
    FrontPage front = front(desk, CHECKPOINT);
    List<String> places =
        Pattern.compile("data-live=\"([^\"]+)\"")
            .matcher(front.html())
            .results()
            .map(found -> found.group(1))
            .toList();
    LiveFrame frame = front.frame();
    assertThat(places).doesNotHaveDuplicates();
    assertThat(frame.values().keySet()).containsAll(places);
    assertThat(front.html()).contains("data-shape=\"" + frame.shape() + "\"");
  }

  @Test
  void aCountThatChangesIsTheOnlyThingSaid() {
    ScriptedDesk desk = new ScriptedDesk();
    desk.batches.add(view(1, "p", "q", 10, 3, 5));
    FrontPage front = front(desk, CHECKPOINT);
    LiveFrame before = front.frame();
    assertThat(front.frame().since(before)).isEmpty();
    desk.batches.set(0, view(1, "p", "q", 10, 4, 5));
    LiveFrame changed = front.frame().since(before).orElseThrow();
    assertThat(changed.shape()).isEqualTo(before.shape());
    assertThat(changed.values())
        .containsOnlyKeys("all-agreed", "p0-agreed", "p0-bar", "p0-open", "p0-percent")
        .containsEntry("p0-bar", "4/10")
        .containsEntry("p0-percent", "40 %");
    assertThat(new String(changed.octets().toArray(), UTF_8))
        .startsWith("data: {\"shape\":\"")
        .endsWith("}}\n\n");
  }

  @Test
  void aNewProjectOrAStopIsAnotherShape() {
    ScriptedDesk desk = new ScriptedDesk();
    FrontPage front = front(desk, CHECKPOINT);
    LiveFrame empty = front.frame();
    desk.batches.add(view(1, "p", "q", 10, 3, 5));
    LiveFrame one = front.frame();
    desk.stopped = Optional.of("the disk is full");
    assertThat(List.of(empty, one, front.frame()))
        .extracting(LiveFrame::shape)
        .doesNotHaveDuplicates();
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

  private static String page(ScriptedDesk desk, LatestCheckpoint checkpoint) {
    return front(desk, checkpoint).html();
  }

  private static FrontPage front(ScriptedDesk desk, LatestCheckpoint checkpoint) {
    return new FrontPage(
        desk,
        new PublicLog(checkpoint, new DayTiles()),
        new Sheet(desk.about(), SOURCE),
        InstantSource.fixed(NOW));
  }

  private static String page(List<BatchView> newestFirst) {
    ScriptedDesk desk = new ScriptedDesk();
    newestFirst.forEach(batch -> desk.batches.add(0, batch));
    return page(desk, CHECKPOINT);
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
        ScriptedDesk.ALLOTMENT,
        false,
        StopReason.NONE);
  }
}
