package org.almoner.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.almoner.agent.origin.Pinned;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.trials.browser.Browser;
import org.almoner.trials.browser.PageRules;
import org.almoner.trials.load.AcknowledgedLines;
import org.almoner.trials.load.LoadAgent;
import org.almoner.trials.load.Rule;
import org.almoner.trials.world.AlmonerProcess;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real coordinator's pages in a real browser, as a stranger and a donor see them: while three
 * donors' agents work, one of which lies now and then, and after their documents were issued.
 *
 * <p>One story in order, because starting a browser and a coordinator is most of its time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesTest {
  private static final String ORIGIN = "log.example.org/pages";
  private static final List<String> SCHEMES = List.of("light", "dark");
  private static final List<Integer> WIDTHS = List.of(1200, 360);

  @TempDir static Path folder;
  private static ServedCoordinator coordinator;
  private static Browser browser;
  private static Caller operator;
  private static Pinned pinned;
  private static Project project;
  private static AcknowledgedLines lines;
  private static final List<Caller.Account> donors = new ArrayList<>();
  private static final List<LoadAgent> agents = new ArrayList<>();
  private static Caller.Account liar;
  private static final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(folder.resolve("browser"));
    coordinator =
        new ServedCoordinator(
            folder.resolve("coordinator"),
            List.of("--origin=" + ORIGIN, "--maturity=0s", "--period=open", "--no-starter"));
    operator = Caller.anyone(coordinator.start()).with(coordinator.operatorToken());
    pinned = Pinned.parse(operator.get("/api/v1/origin").fields());
    project = Project.of(ORIGIN, SigningKey.generate(new SecureRandom()), Rule.FILE);
    project.upload(
        operator.with(
            operator.approveOwner("Institute of Number Theory", project.owner().publicKey())));
    lines = AcknowledgedLines.create(folder.resolve("acknowledged"));
    for (int i = 0; i < 3; i++) {
      Caller.Account donor = operator.addDonor("Donor " + i);
      LoadAgent agent = computer("agent-" + i, i, i == 0 ? 8 : 0);
      agent.introduce(operator.drawCode(donor.donor()));
      donors.add(donor);
      agents.add(agent);
    }
  }

  @AfterAll
  static void stop() throws IOException {
    threads.shutdownNow();
    if (browser != null) {
      browser.close();
    }
    if (coordinator != null) {
      coordinator.close();
      lines.close();
    }
  }

  @AfterEach
  void theConsoleIsQuiet() {
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  @Order(1)
  void aProjectThatComesWhileSomebodyLooksIsAnnounced() throws Exception {
    browser.open(page("/"));
    assertThat(browser.text("main")).contains("No project has submitted work yet.");
    browser.await("live", () -> browser.shows("#live"));
    submit("Which numbers are prime? A trial of the page.", 150);
    browser.await("news", () -> browser.text("#news").contains("something new here"));
    browser.find("#news a").click();
    browser.await("the project", () -> browser.has(".project"));
    assertThat(browser.text(".project"))
        .contains("trial")
        .contains("For Institute of Number Theory")
        .contains("Which numbers are prime?")
        .contains("0 of 150");
  }

  @Test
  @Order(2)
  void progressAppearsWithoutLoadingThePageAgain() throws Exception {
    browser.open(page("/"));
    browser.await("live", () -> browser.shows("#live"));
    String root = browser.text("[data-live=root]");
    browser.run("window.sameAsBefore = true");
    AtomicBoolean enough = new AtomicBoolean();
    List<Future<?>> working = work(enough, agents);
    browser.await("units", () -> !browser.text("[data-live=p0-agreed]").startsWith("0 of"));
    browser.await(
        "a bar",
        () -> (Double) browser.run("return document.querySelector('progress').value + 0.5") > 1);
    browser.await(
        "the log",
        () -> browser.text("[data-live=e0-words]").contains("A computer returned a unit"));
    everyLook("front-working");
    browser.await("the end", () -> browser.text("[data-live=p0-agreed]").equals("150 of 150"));
    enough.set(true);
    for (Future<?> agent : working) {
      agent.get(60, TimeUnit.SECONDS);
    }
    assertThat(browser.run("return window.sameAsBefore === true")).isEqualTo(true);
    assertThat(browser.text("[data-live=root]")).isNotEqualTo(root);
    assertThat(browser.find("[data-live=e0-path]").getDomAttribute("href"))
        .startsWith("/log/tile/entries/");
    assertThat(operator.get(browser.find("[data-live=e0-path]").getDomAttribute("href")).status())
        .isEqualTo(200);
  }

  @Test
  @Order(3)
  void withoutScriptsThePageIsTheSameAndStandsStill() throws Exception {
    browser.scripts(false);
    try {
      browser.open(page("/"));
      assertThat(browser.text("[data-live=p0-agreed]")).isEqualTo("150 of 150");
      assertThat(browser.shows("#live")).isFalse();
      assertThat(browser.text("main")).contains("Newest entries").contains("How to check");
      browser.find("nav a[href='/me']").click();
      browser.await("the form", () -> browser.has("#token"));
      browser.find("#token").sendKeys(donors.get(1).token());
      browser.find(".sign-in button").click();
      browser.await("the donor's page", () -> browser.has(".who"));
      assertThat(browser.text(".who")).contains(donors.get(1).donor().toHex());
      browser.find(".who button").click();
      browser.await("the form again", () -> browser.has("#token"));
    } finally {
      browser.scripts(true);
    }
  }

  @Test
  @Order(4)
  void aWrongTokenGetsOneSentence() throws Exception {
    browser.open(page("/me"));
    everyLook("sign-in");
    browser.find("#token").sendKeys("not-a-token");
    browser.find(".sign-in button").click();
    browser.await("the sentence", () -> browser.shows("#token-fault"));
    assertThat(browser.text("#token-fault")).startsWith("This token opens no account here.");
    assertThat(browser.address()).doesNotContain("not-a-token");
    assertThat(browser.source()).doesNotContain("not-a-token");
    assertThat(browser.complaints()).allMatch(said -> said.contains("403"));
    everyLook("wrong-token");
  }

  private static String lines(String... verb) throws IOException {
    List<String> command = new ArrayList<>(List.of("lines", verb[0]));
    command.addAll(List.of("--data", coordinator.folder().toString()));
    command.addAll(List.of(verb).subList(1, verb.length));
    Path output = folder.resolve("lines-" + verb[0]);
    assertThat(AlmonerProcess.run(output, "96m", command).awaitEnd(60)).isZero();
    return Files.readString(output);
  }

  @Test
  @Order(5)
  void aDonorSeesWhatCountsWhatWillAndWhatWillNot() throws Exception {
    operator.settle();
    operator
        .post(
            "/api/v1/register/statements",
            JsonValue.Obj.of().put("year", LocalDate.now(ZoneOffset.UTC).getYear()).build())
        .good();
    submit("Another batch, which nobody has settled yet.", 20);
    // A computer of the same donor that never lies: one lie would take all that has not matured.
    LoadAgent honest = computer("agent-honest", 0, 0);
    honest.introduce(operator.drawCode(donors.get(0).donor()));
    liar = operator.addDonor("Donor 3");
    LoadAgent lying = computer("agent-3", 3, 2);
    lying.introduce(operator.drawCode(liar.donor()));
    AtomicBoolean enough = new AtomicBoolean();
    List<Future<?>> working = work(enough, List.of(lying, honest, agents.get(1)));
    browser.open(page("/"));
    browser.await("the end", () -> browser.text("[data-live=p0-agreed]").equals("170 of 170"));
    enough.set(true);
    for (Future<?> agent : working) {
      agent.get(60, TimeUnit.SECONDS);
    }
    signIn(donors.get(0));
    assertThat(browser.address()).isEqualTo(page("/me").toString());
    assertThat(browser.source()).doesNotContain(donors.get(0).token());
    assertThat(browser.text(".totals")).contains("Counts").contains("Agreed, maturing");
    assertThat(browser.text("main"))
        .contains("What will count")
        .contains("What will not count, and why")
        .contains("Other donors' computers agreed on another answer.");
    everyLook("me");
  }

  @Test
  @Order(6)
  void documentsAreDownloadedByTheirLinks() throws Exception {
    String number = browser.text(".documents strong");
    browser.find(".files a").click();
    byte[] pdf = browser.download(number + ".pdf");
    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    assertThat(pdf)
        .isEqualTo(operator.get("/api/v1/register/documents/" + number + "/pdf").good().body());
    browser.find(".files a:last-child").click();
    assertThat(browser.download(number + ".evidence.zip")).startsWith('P', 'K');
  }

  @Test
  @Order(7)
  void signingOutLeavesNothingBehind() throws Exception {
    browser.find(".who button").click();
    browser.await("the form", () -> browser.has("#token"));
    browser.open(page("/me/documents/2026-000001/pdf"));
    assertThat(browser.address()).isEqualTo(page("/me").toString());
    assertThat(browser.run("return document.cookie")).isEqualTo("");
  }

  @Test
  @Order(8)
  void aDonorObjectsAndTheOperatorRules() throws Exception {
    List<JsonFields> excluded =
        Caller.anyone(coordinator.address())
            .with(liar.token())
            .get("/api/v1/me/standing")
            .good()
            .fields()
            .objects("excluded", 1, 100);
    long leaf = -1;
    for (JsonFields line : excluded) {
      if (line.text("outcome", 40).equals("output-disagreed")) {
        leaf = line.integer("leaf", 0, JsonValue.INTEGER_MAX);
      }
    }
    assertThat(leaf).as("one of its lies was outvoted").isNotNegative();
    signIn(liar);
    object("999999999", "My computer's memory had just been <b>repaired</b>.");
    browser.await("the sentence", () -> browser.has("#objection-fault"));
    assertThat(browser.text("#objection-fault")).startsWith("This was not taken: ");
    assertThat(browser.complaints()).allMatch(said -> said.contains("40"));
    everyLook("objecting");
    browser.find("#leaf").clear();
    object(Long.toString(leaf), "");
    browser.await("the list", () -> browser.source().contains("you objected; it rests"));
    assertThat(lines("objections"))
        .contains(leaf + "  open ")
        .contains("output-disagreed: My computer's memory had just been <b>repaired</b>.");
    assertThat(lines("uphold", Long.toString(leaf))).contains(leaf + "  upheld ");
    browser.open(page("/me"));
    assertThat(browser.text("main")).contains("the operator agreed with you");
  }

  private static void object(String leaf, String words) {
    browser.find("#leaf").sendKeys(leaf);
    browser.find("#words").sendKeys(words);
    browser.find("form[action='/me/objections'] button").click();
  }

  /** The rules hold in every scheme and width. */
  private static void everyLook(String name) throws IOException {
    for (String scheme : SCHEMES) {
      for (int width : WIDTHS) {
        browser.screen(scheme, width);
        browser.picture(name + "-" + scheme + "-" + width);
        assertThat(PageRules.faults(browser)).as(name + ", " + scheme + ", " + width).isEmpty();
      }
    }
    browser.screen("light", 1200);
  }

  private static void signIn(Caller.Account donor) {
    browser.open(page("/me"));
    browser.find("#token").sendKeys(donor.token());
    browser.find(".sign-in button").click();
    browser.await("the donor's page", () -> browser.has(".who"));
  }

  private static void submit(String purpose, int units) throws IOException {
    Envelope batch =
        project.batch(
            purpose,
            new BatchUnits.Range(1, units * 10L, 10),
            new Allotment(1, 1 << 20, 1 << 20, 60_000));
    project.submit(operator, batch).good();
  }

  private static LoadAgent computer(String name, int donor, int liesOneIn) throws Exception {
    return new LoadAgent(
        pinned,
        coordinator::address,
        folder.resolve(name),
        SigningKey.generate(new SecureRandom()),
        "donor-" + donor,
        lines,
        new Random(donor),
        liesOneIn);
  }

  private static List<Future<?>> work(AtomicBoolean enough, List<LoadAgent> computers) {
    List<Future<?>> working = new ArrayList<>();
    for (LoadAgent agent : computers) {
      working.add(
          threads.submit(
              () -> {
                agent.work(enough);
                return null;
              }));
    }
    return working;
  }

  private static URI page(String path) {
    return coordinator.address().resolve(path);
  }
}
