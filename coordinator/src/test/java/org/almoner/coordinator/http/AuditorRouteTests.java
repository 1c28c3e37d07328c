package org.almoner.coordinator.http;

import static org.almoner.coordinator.http.LiveFace.bearer;
import static org.almoner.coordinator.http.LiveFace.problem;
import static org.almoner.coordinator.http.LiveFace.text;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.almoner.coordinator.desk.AuditedOutput;
import org.almoner.coordinator.desk.EnrolmentOpening;
import org.almoner.coordinator.desk.LineOpening;
import org.almoner.coordinator.desk.OpenedLeaf;
import org.almoner.coordinator.desk.SignedBatch;
import org.almoner.coordinator.desk.UnitResult;
import org.almoner.coordinator.http.route.AuditorRoutes;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.json.JsonParser;
import org.almoner.protocol.json.JsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class AuditorRouteTests {
  private static final String LEAF = "/api/v1/audit/leaves/7";
  private static final String BATCH = "/api/v1/audit/batches/" + ScriptedDesk.BATCH.toHex();
  private static final String[] AUDITOR = bearer("auditor-token");

  @TempDir static Path folder;
  private static LiveFace face;

  @BeforeAll
  static void start() throws Exception {
    face = new LiveFace(folder);
    face.desk.owners.put("ada's-token", "Ada");
    Envelope report = envelope(Envelope.Kind.USAGE_REPORT);
    face.desk.openedLeaf =
        Optional.of(
            new OpenedLeaf(
                new LineOpening(7, ScriptedDesk.SALT, 3, report),
                List.of(
                    new EnrolmentOpening(2, ScriptedDesk.NODE, envelope(Envelope.Kind.ENROLMENT))),
                List.of(new UnitResult(17, ScriptedDesk.NODE, 1_017))));
    face.desk.signedBatch =
        Optional.of(
            new SignedBatch(envelope(Envelope.Kind.BATCH), envelope(Envelope.Kind.RELEASE)));
  }

  @AfterAll
  static void stop() {
    face.close();
  }

  private static Envelope envelope(Envelope.Kind kind) {
    return Envelope.sign(kind, JsonValue.Obj.of().put("a", 1).build(), ScriptedDesk.key(5));
  }

  @Test
  void aLineIsOpenedWithWhatItIsHeldAgainst() throws Exception {
    JsonValue.Obj answer =
        JsonParser.parseObject(text(face.get(LEAF, AUDITOR)).getBytes(StandardCharsets.UTF_8));

    assertThat(answer)
        .isEqualTo(
            JsonValue.Obj.of()
                .put("leaf", 7)
                .put("salt", ScriptedDesk.SALT.toHex())
                .put("part", 3)
                .put("report", envelope(Envelope.Kind.USAGE_REPORT).toJson())
                .put(
                    "agreed",
                    JsonValue.Obj.of()
                        .put("unit", 17)
                        .put("output", ScriptedDesk.NODE.toHex())
                        .put("count", 1_017)
                        .build())
                .put(
                    "enrolment",
                    JsonValue.Obj.of()
                        .put("leaf", 2)
                        .put("salt", ScriptedDesk.NODE.toHex())
                        .put("enrolment", envelope(Envelope.Kind.ENROLMENT).toJson())
                        .build())
                .build());
  }

  @Test
  void aBatchComesAsItsOwnerSignedIt() throws Exception {
    assertThat(text(face.get(BATCH, AUDITOR)))
        .contains("application/vnd.almoner.batch.v1+json")
        .contains("application/vnd.almoner.release.v1+json");
    assertThat(face.get("/api/v1/audit/batches/ffffffffffffffff", AUDITOR).statusCode())
        .isEqualTo(404);
    assertThat(face.get("/api/v1/audit/batches/zz", AUDITOR).statusCode()).isEqualTo(404);
  }

  @Test
  void theListOfErasedLinesIsTheOneThatTheOperatorSees() throws Exception {
    assertThat(text(face.get("/api/v1/audit/erased", AUDITOR)))
        .isEqualTo(
            "{\"erased\":[{\"from\":4,\"to\":6},{\"from\":9,\"to\":10}],\"origin\":\""
                + face.desk.about().origin()
                + "\"}");
  }

  @Test
  void whatIsNoLineIsSaidSo() throws Exception {
    assertThat(problem(face.get("/api/v1/audit/leaves/8", AUDITOR)).detail())
        .isEqualTo("entry 8 is no usage line of this log");
    for (String wrong : List.of("-1", "07", "x", "99999999999999999999")) {
      assertThat(problem(face.get("/api/v1/audit/leaves/" + wrong, AUDITOR)).detail())
          .startsWith("an entry of the log has a plain decimal number");
    }
  }

  @Test
  void anOutputOfALineIsReadToBeCompared() throws Exception {
    Bytes bundle = Bytes.utf8("almoner-output/1\n");
    Hash digest = Hash.sha256(bundle.toArray());
    face.desk.auditedOutputs.put(digest, new AuditedOutput.Inline(bundle));
    Bytes large = Bytes.utf8("large");
    Hash blob = Hash.sha256(large.toArray());
    face.outputs.put(blob, new ByteArrayInputStream(large.toArray()), large.size());
    String inline = "/api/v1/outputs/" + digest;

    assertThat(face.get(inline + "?leaf=7", AUDITOR).body()).isEqualTo(bundle.toArray());
    assertThat(face.get("/api/v1/outputs/" + blob + "?leaf=7", AUDITOR).statusCode())
        .as("not the line's")
        .isEqualTo(404);
    face.desk.auditedOutputs.put(blob, new AuditedOutput.Blob(blob));
    assertThat(face.get("/api/v1/outputs/" + blob + "?leaf=7", AUDITOR).body())
        .isEqualTo(large.toArray());
    assertThat(problem(face.get(inline + "?leaf=8", AUDITOR)).detail())
        .startsWith("entry 8 is no usage line of output " + digest);
    assertThat(face.get(inline + "?leaf=x", AUDITOR).statusCode()).isEqualTo(404);
    for (String other : List.of("donor-token", "ada's-token", LiveFace.OPERATOR)) {
      assertThat(problem(face.get(inline + "?leaf=7", bearer(other))).slug())
          .isEqualTo("token-unknown");
    }
    assertThat(problem(face.get(inline, AUDITOR)).slug()).isEqualTo("token-unknown");
  }

  @Test
  void nobodyElseMayOpenALine() throws Exception {
    for (String path : List.of(LEAF, BATCH, "/api/v1/audit/erased")) {
      assertThat(problem(face.get(path)).slug()).isEqualTo("token-missing");
      for (String other : List.of("donor-token", "ada's-token", LiveFace.OPERATOR, "x")) {
        assertThat(problem(face.get(path, bearer(other))).slug()).isEqualTo("token-unknown");
      }
    }
  }

  @Test
  void everyReadingStandsInTheOperatorsLog() throws Exception {
    Logger log = (Logger) LoggerFactory.getLogger(AuditorRoutes.class);
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    Level before = log.getLevel();
    log.setLevel(Level.INFO);
    log.addAppender(written);
    try {
      face.get(LEAF, AUDITOR);
      face.get("/api/v1/audit/leaves/8", AUDITOR);
      face.get(BATCH, AUDITOR);
      face.get(LEAF, bearer("x"));
    } finally {
      log.detachAppender(written);
      log.setLevel(before);
    }
    assertThat(written.list)
        .extracting(event -> event.getKeyValuePairs().toString())
        .containsExactly(
            "[event=\"auditor-read\", auditor=\"Auditor\", leaf=\"7\"]",
            "[event=\"auditor-read\", auditor=\"Auditor\", leaf=\"8\"]",
            "[event=\"auditor-read\", auditor=\"Auditor\", batch=\""
                + ScriptedDesk.BATCH.toHex()
                + "\"]");
  }

  @Test
  void auditorsWaitInAQueueOfTheirOwn() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    face.desk.leafGate = gate;
    ExecutorService auditors = Executors.newCachedThreadPool();
    try {
      CompletionService<HttpResponse<byte[]>> answers = new ExecutorCompletionService<>(auditors);
      for (int i = 0; i < SlowReads.WAITING_MAX + 2; i++) {
        answers.submit(() -> face.get(LEAF, AUDITOR));
      }
      assertThat(problem(answers.take().get()).detail())
          .isEqualTo("too many auditors are asking at once; try again a little later");
      assertThat(face.get("/api/v1/me/standing", bearer("donor-token")).statusCode())
          .as("a donor's page does not wait for auditors")
          .isEqualTo(200);
      gate.countDown();
      for (int i = 0; i < SlowReads.WAITING_MAX + 1; i++) {
        assertThat(answers.take().get().statusCode()).isEqualTo(200);
      }
    } finally {
      gate.countDown();
      auditors.shutdown();
    }
  }

  @Test
  void theLastReadingStandsInTheOperatorsLogAndTheNextIsRefused() throws Exception {
    Logger log = (Logger) LoggerFactory.getLogger(AuditorRoutes.class);
    ListAppender<ILoggingEvent> written = new ListAppender<>();
    written.start();
    log.addAppender(written);
    int before = face.desk.readings.getAndSet(1);
    try {
      assertThat(face.get(LEAF, AUDITOR).statusCode()).isEqualTo(200);
      assertThat(problem(face.get(LEAF, AUDITOR)).slug()).isEqualTo("auditor-leaves");
      assertThat(face.get(BATCH, AUDITOR).statusCode()).as("no line").isEqualTo(200);
    } finally {
      face.desk.readings.set(before);
      log.detachAppender(written);
    }
    assertThat(written.list)
        .extracting(event -> event.getKeyValuePairs().toString())
        .containsOnlyOnce("[event=\"auditor-spent\", auditor=\"Auditor\"]");
  }

  @Test
  void anAuditorsTokenOpensNothingElse() throws Exception {
    for (String path : List.of("/api/v1/me/standing", "/api/v1/operator/donors")) {
      assertThat(problem(face.get(path, AUDITOR)).slug()).isEqualTo("token-unknown");
    }
  }

  @Test
  void theOperatorAppointsAndDismisses() throws Exception {
    byte[] body = "{\"name\":\"Eve\",\"days\":30}".getBytes(StandardCharsets.UTF_8);
    String path = "/api/v1/operator/auditors";

    assertThat(text(face.post(path, body, bearer(LiveFace.OPERATOR))))
        .isEqualTo("{\"name\":\"Eve\",\"token\":\"token-of-Eve10000\",\"untilMs\":2592000000}");
    assertThat(problem(face.post(path, body, AUDITOR)).slug()).isEqualTo("token-unknown");
    byte[] name = "{\"name\":\"Eve\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(text(face.post(path + "/dismiss", name, bearer(LiveFace.OPERATOR))))
        .isEqualTo("{\"name\":\"Eve\"}");
    byte[] few = "{\"name\":\"Eve\",\"days\":30,\"leaves\":60}".getBytes(StandardCharsets.UTF_8);
    assertThat(text(face.post(path, few, bearer(LiveFace.OPERATOR)))).contains("token-of-Eve60");
    byte[] endless = "{\"name\":\"Eve\",\"days\":367}".getBytes(StandardCharsets.UTF_8);
    assertThat(problem(face.post(path, endless, bearer(LiveFace.OPERATOR))).detail())
        .contains("days");
  }
}
