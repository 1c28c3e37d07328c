package org.almoner.trials.load;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.outbox.Chain;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.identity.SigningKey;
import org.almoner.protocol.json.JsonFields;
import org.almoner.protocol.json.JsonValue;
import org.almoner.protocol.lease.Allotment;
import org.almoner.protocol.lease.Lease;
import org.almoner.protocol.result.OutputBundle;
import org.almoner.trials.world.Caller;
import org.almoner.trials.world.Project;
import org.almoner.workload.batch.BatchUnits;

/**
 * Donors by name, each with one computer that answered one unit, made as fast as a coordinator
 * without starter units takes them. Nearly every unit has both its answers; those of the last ones
 * to ask wait for a second.
 */
public final class BriefDonors {
  private static final int ASKED_MAX = 2_000;
  private static final long NO_WORK_MS = 20;

  private final Caller operator;
  private final Pinned coordinator;

  private BriefDonors(Caller operator, Pinned coordinator) {
    this.operator = operator;
    this.coordinator = coordinator;
  }

  /**
   * Makes {@code count} donors on {@code threads} threads; what two of them agreed on is settled on
   * return.
   */
  public static List<Caller.Account> make(Caller operator, int count, int threads)
      throws Exception {
    Pinned coordinator = Pinned.parse(operator.get("/api/v1/origin").good().fields());
    Project project =
        Project.of(coordinator.origin(), SigningKey.generate(new SecureRandom()), Rule.FILE);
    Caller owner = operator.with(operator.approveOwner("Institute", project.owner().publicKey()));
    project.upload(owner);
    Envelope batch =
        project.batch(
            "A unit for every donor.",
            new BatchUnits.Range(1, count, 1),
            new Allotment(1, 1 << 20, 1 << 20, 60_000));
    project.submit(owner, batch).good();
    BriefDonors donors = new BriefDonors(operator, coordinator);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      AtomicInteger next = new AtomicInteger();
      List<Future<Caller.Account>> made =
          IntStream.range(0, count)
              .mapToObj(i -> pool.submit(() -> donors.one(next.incrementAndGet())))
              .toList();
      List<Caller.Account> accounts = new java.util.ArrayList<>();
      for (Future<Caller.Account> one : made) {
        accounts.add(one.get());
      }
      long unused = operator.settle();
      return accounts;
    } finally {
      pool.shutdownNow();
    }
  }

  private Caller.Account one(int number) throws Exception {
    Random random = new Random(number);
    Caller.Account account = operator.addDonor("Donor " + number);
    SigningAgent agent =
        new SigningAgent(coordinator.origin(), SigningKey.generate(new SecureRandom()));
    Caller computer = operator.with("");
    computer.post("/api/v1/enrolments", agent.enrolment().toJson()).good();
    Envelope link = agent.link(operator.drawCode(account.donor()));
    computer.post("/api/v1/links", link.toJson()).good();
    for (int asked = 0; asked < ASKED_MAX; asked++) {
      JsonFields answer =
          computer.post("/api/v1/leases", agent.request(1, random).toJson()).good().fields();
      if (answer.has("grant")) {
        Envelope grant = Envelope.parse(Envelope.Kind.GRANT, answer.object("grant"));
        report(computer, agent, grant);
        return account;
      }
      Thread.sleep(NO_WORK_MS);
    }
    throw new AssertionError("donor " + number + " got no unit");
  }

  private static void report(Caller computer, SigningAgent agent, Envelope grant) throws Exception {
    Lease lease = SigningAgent.grant(grant).leases().get(0);
    OutputBundle output = Rule.output(lease);
    Envelope report = agent.report(Chain.START, List.of(SigningAgent.line(grant, lease, output)));
    JsonValue outputs =
        JsonValue.Obj.of()
            .put(output.digest().toHex(), Base64.getEncoder().encodeToString(output.encode()))
            .build();
    JsonValue body =
        JsonValue.Obj.of()
            .put("report", report.toJson())
            .put("outputs", outputs)
            .put("knownSize", 0)
            .build();
    computer.post("/api/v1/reports", body).good();
  }
}
