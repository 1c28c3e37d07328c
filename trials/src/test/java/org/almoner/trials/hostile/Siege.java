package org.almoner.trials.hostile;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.CanonicalJson;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.trials.load.Rule;
import org.almoner.trials.load.SigningAgent;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.Project;
import org.almoner.trials.world.ServedCoordinator;
import org.almoner.workload.batch.BatchUnits;

/** A served coordinator, honest agents at work, and what is done to it meanwhile. */
public final class Siege implements AutoCloseable {
  /** Cycles that honest agents complete during each attack. */
  private static final int CYCLES = 6;

  private static final int AGENTS = 3;
  private static final long STANDSTILL_MS = 90_000;
  private static final long HUGE_BYTES = 100L << 20;
  private static final int CHUNK_BYTES = 64 * 1024;

  private final SecureRandom random = new SecureRandom();
  private final ServedCoordinator coordinator;
  private final URI address;
  private final Caller anyone;
  private final String origin;
  private final SigningAgent known;
  private final AtomicLong cycles = new AtomicLong();
  private final List<HonestWork> honest = new ArrayList<>();

  /** Starts the coordinator with its usual limits, and the honest agents. */
  public Siege(Path folder) throws Exception {
    coordinator = ServedCoordinator.withUsualLimits(folder, List.of("--no-starter", "--no-pilot"));
    address = coordinator.start();
    anyone = Caller.anyone(address);
    origin = Caller.text(anyone.get("/api/v1/origin"), "origin");
    Project project = Project.of(origin, SigningKey.generate(random), Rule.FILE);
    Caller operator = anyone.with(coordinator.operatorToken());
    Caller owner = anyone.with(operator.approveOwner("Institute", project.owner().publicKey()));
    project.upload(owner);
    Envelope batch =
        project.batch(
            "A batch of a trial of hostile clients.",
            new BatchUnits.Range(1, 1_000_000, 10),
            new Allotment(1, 1 << 20, 1 << 20, 60_000));
    project.submit(owner, batch).good();
    known = enrolled();
    for (int i = 0; i < AGENTS; i++) {
      honest.add(new HonestWork(enrolled(), anyone, new Random(i), cycles));
    }
    awaitCycles(1);
  }

  private SigningAgent enrolled() throws IOException {
    SigningAgent agent = new SigningAgent(origin, SigningKey.generate(random));
    anyone.post("/api/v1/enrolments", agent.enrolment().toJson()).good();
    return agent;
  }

  /** Something that is done again and again. */
  private interface Step {
    void take() throws IOException;
  }

  /** Does it until the honest agents have completed their cycles. */
  private void until(Step step) throws Exception {
    long goal = cycles.get() + CYCLES;
    long end = System.currentTimeMillis() + STANDSTILL_MS;
    while (cycles.get() < goal) {
      if (System.currentTimeMillis() > end) {
        throw new AssertionError(
            "standstill: honest agents are at cycle " + cycles.get() + " of " + goal);
      }
      honest.forEach(HonestWork::check);
      step.take();
    }
  }

  private void awaitCycles(int more) throws Exception {
    long goal = cycles.get() + more;
    long end = System.currentTimeMillis() + STANDSTILL_MS;
    while (cycles.get() < goal) {
      honest.forEach(HonestWork::check);
      if (System.currentTimeMillis() > end) {
        throw new AssertionError("standstill: no cycle was completed");
      }
      Thread.sleep(10);
    }
  }

  /** Fails unless strangers are served and honest agents go on. */
  public void requireService() throws Exception {
    anyone.get("/readyz").good();
    awaitCycles(1);
  }

  /** Opens connections of one address and leaves them alone; opens those again that were ended. */
  public void idleConnections(int count) throws Exception {
    List<HostileClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new HostileClient(address, 2));
      }
      until(() -> Thread.onSpinWait());
    } finally {
      open.forEach(HostileClient::close);
    }
  }

  /** Begins requests on many connections and sends a little more of each in turn. */
  public void trickle(String head, String little, int count) throws Exception {
    List<HostileClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        open.add(new HostileClient(address, 3));
        open.get(i).send(head);
      }
      int[] turn = {0};
      until(
          () -> {
            int at = turn[0]++ % open.size();
            if (!open.get(at).send(little)) {
              open.get(at).close();
              open.set(at, new HostileClient(address, 3));
              open.get(at).send(head);
            }
          });
    } finally {
      open.forEach(HostileClient::close);
    }
  }

  /** Asks for much on many connections and reads nothing of it. */
  public void neverRead(int count) throws Exception {
    List<HostileClient> open = new ArrayList<>();
    String ask = "GET /openapi.yaml HTTP/1.1\r\nHost: a\r\n\r\n".repeat(50);
    try {
      for (int i = 0; i < count; i++) {
        open.add(new HostileClient(address, 4));
        open.get(i).send(ask);
      }
      until(() -> Thread.onSpinWait());
    } finally {
      open.forEach(HostileClient::close);
    }
  }

  /** Signed requests with a wrong signature, half of them in the name of an agent that is known. */
  public void wrongSignatures() throws Exception {
    SigningAgent unknown = new SigningAgent(origin, SigningKey.generate(random));
    byte[][] bodies = {wrong(known), wrong(unknown)};
    int[] turn = {0};
    HostileClient[] client = {new HostileClient(address, 5)};
    try {
      until(
          () -> {
            byte[] body = bodies[turn[0]++ % bodies.length];
            if (!client[0].send(head("POST /api/v1/leases", body.length))
                || !client[0].send(body)) {
              client[0].close();
              client[0] = new HostileClient(address, 5);
            }
          });
    } finally {
      client[0].close();
    }
  }

  private static byte[] wrong(SigningAgent agent) {
    Envelope good = agent.request(1, new Random(1));
    Envelope other = agent.request(2, new Random(2));
    return CanonicalJson.encode(
        new Envelope(good.kind(), good.payload(), good.signer(), other.signature()).toJson());
  }

  /** Many requests without waiting for one answer, again and again. */
  public void pipelined(int count) throws Exception {
    byte[] all =
        "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
            .repeat(count)
            .getBytes(StandardCharsets.ISO_8859_1);
    until(
        () -> {
          try (HostileClient client = new HostileClient(address, 6)) {
            client.send(all);
          }
        });
  }

  /** Announces and sends a hundred megabytes; how many octets were taken before it was cut off. */
  public long sendHuge(String what) throws Exception {
    try (HostileClient client = new HostileClient(address, 7)) {
      if (!client.send(head(what, HUGE_BYTES))) {
        return 0;
      }
      byte[] chunk = new byte[CHUNK_BYTES];
      long sent = 0;
      while (sent < HUGE_BYTES && client.send(chunk)) {
        sent += chunk.length;
      }
      return sent;
    }
  }

  private static String head(String what, long length) {
    return what
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  /** The whole answer to a GET of a target that no URI class would let through. */
  public String get(String target) throws Exception {
    return ask("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  }

  /** The whole answer to octets. */
  public String ask(String octets) throws Exception {
    try (HostileClient client = new HostileClient(address, 8)) {
      client.send(octets);
      String answer = client.readAll();
      if (answer.contains(coordinator.operatorToken())) {
        throw new AssertionError("the operator's token came out: " + answer);
      }
      return answer;
    }
  }

  /** The answer to a body of that kind. */
  public String json(String kind) throws Exception {
    String body =
        switch (kind) {
          case "deep" -> "[".repeat(16_000);
          case "deep objects" -> "{\"a\":".repeat(3_000);
          case "huge number" -> "{\"a\":" + "9".repeat(16_000) + "}";
          case "doubled field" -> "{\"payload\":\"\",\"payload\":\"\"}";
          case "many fields" -> many();
          case "unclosed" -> "{\"payload\":\"" + "a".repeat(10_000);
          case "nulls" -> "{\"payload\":null}";
          default -> throw new IllegalArgumentException(kind);
        };
    return ask(
        "POST /api/v1/leases HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static String many() {
    StringBuilder fields = new StringBuilder("{\"payload\":\"\"");
    for (int i = 0; i < 1_000; i++) {
      fields.append(",\"f").append(i).append("\":").append(JsonValue.INTEGER_MAX % 10);
    }
    return fields.append('}').toString();
  }

  @Override
  public void close() {
    honest.forEach(HonestWork::close);
    coordinator.close();
  }
}
