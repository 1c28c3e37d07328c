package org.almoner.agent;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.almoner.agent.contact.Answer;
import org.almoner.agent.contact.Contact;
import org.almoner.agent.durable.Disk;
import org.almoner.agent.outbox.AfterRefusal;
import org.almoner.agent.outbox.Outgoing;
import org.almoner.agent.outbox.OutputFile;
import org.almoner.agent.proof.LineProof;
import org.almoner.agent.proof.Receipt;
import org.almoner.agent.proof.ReceiptRejected;
import org.almoner.agent.proof.VerifiedReceipt;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;
import org.almoner.protocol.lease.Upload;
import org.almoner.protocol.problem.Problem;
import org.almoner.protocol.usage.StarterAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what is in the outbox until the log proves it. */
final class Reporting {
  private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);

  private final Station station;
  private final Contact client;
  private final Disk disk;
  private final Board board;
  private final Patience patience;
  private final Introducing introducing;
  private final LongSupplier uploadsLeft;
  private final Set<Hash> uploaded = new HashSet<>();
  private boolean newlyRight;

  Reporting(
      Station station,
      Contact client,
      Disk disk,
      Board board,
      Patience patience,
      Introducing introducing,
      LongSupplier uploadsLeft) {
    this.station = station;
    this.client = client;
    this.disk = disk;
    this.board = board;
    this.patience = patience;
    this.introducing = introducing;
    this.uploadsLeft = uploadsLeft;
  }

  /**
   * Sends report after report.
   *
   * @return whether nothing is left to send; otherwise the patience is spent
   */
  boolean run() throws IOException, InterruptedException, KeySuspended {
    Optional<Outgoing> next = station.outbox().next(uploadsLeft.getAsLong());
    while (next.isPresent()) {
      count();
      if (!upload(next.get()) || !send(next.get())) {
        count();
        return false;
      }
      next = station.outbox().next(uploadsLeft.getAsLong());
    }
    count();
    return true;
  }

  /** Whether an answer to a starter unit was found right since this was last asked. */
  boolean newlyRight() {
    boolean right = newlyRight;
    newlyRight = false;
    return right;
  }

  private void count() throws IOException {
    board.counts(station.outbox().waiting(), station.outbox().putAside());
  }

  private boolean upload(Outgoing report) throws IOException, InterruptedException {
    for (OutputFile output : report.outputs()) {
      if (output.inline() || uploaded.contains(output.digest())) {
        continue;
      }
      Upload upload =
          new Upload(
              station.coordinator().origin(), station.key().id(), output.digest(), output.bytes());
      Envelope announcement = station.key().sign(Envelope.Kind.UPLOAD, upload.toJson());
      Answer<Hash> answer = client.upload(announcement, output.digest(), output.file());
      if (answer instanceof Answer.Unavailable<Hash> not) {
        patience.unanswered(not);
        return false;
      }
      if (answer instanceof Answer.Given<Hash> given) {
        uploaded.add(given.value());
      } else if (answer instanceof Answer.Refused<Hash> no) {
        // Without its output the report cannot stand; it says so itself when it is sent.
        LOG.atWarn().addKeyValue("reason", no.problem().detail()).log("An output was refused");
      }
    }
    return true;
  }

  private boolean send(Outgoing report) throws IOException, InterruptedException, KeySuspended {
    Map<Hash, Bytes> inline = new HashMap<>();
    for (OutputFile output : report.outputs()) {
      if (output.inline()) {
        inline.put(
            output.digest(),
            disk.read(output.file(), OutputFile.INLINE_OCTETS_MAX)
                .orElseThrow(() -> new IOException(output.file() + " is missing")));
      }
    }
    Envelope envelope = report.signed().envelope();
    Answer<Receipt> answer = client.report(envelope, inline, station.keeper().size());
    if (answer instanceof Answer.Given<Receipt> given) {
      return prove(report, given.value());
    }
    if (answer instanceof Answer.Refused<Receipt> no) {
      return refused(report, no.problem());
    }
    if (answer instanceof Answer.Unavailable<Receipt> not) {
      patience.unanswered(not);
    }
    return false;
  }

  private boolean prove(Outgoing report, Receipt receipt) throws IOException {
    VerifiedReceipt proved;
    try {
      int lines = report.report().lines().size();
      proved = station.check().check(report.signed().envelope(), lines, receipt);
    } catch (ReceiptRejected e) {
      patience.troubled("a report is not proved to be in the log: " + e.getMessage());
      return false;
    }
    station.shelf().keepReport(report.report().seq(), proved);
    station.outbox().delivered(report);
    uploaded.clear();
    board.wellAgain();
    LOG.atInfo()
        .addKeyValue("seq", report.report().seq())
        .addKeyValue("lines", report.report().lines().size())
        .addKeyValue("logSize", proved.checkpoint().checkpoint().size())
        .log("A report is in the log, proof checked");
    tellFirstUnit(proved.receipt());
    return true;
  }

  private void tellFirstUnit(Receipt receipt) throws IOException {
    Optional<LineProof> line = FirstUnit.in(receipt);
    if (line.isPresent()) {
      String sentence = FirstUnit.sentence(line.get());
      board.firstUnit(sentence);
      newlyRight |= line.get().starter() == StarterAnswer.RIGHT;
      LOG.atInfo().log(sentence);
    }
  }

  private boolean refused(Outgoing report, Problem problem) throws IOException, KeySuspended {
    if (introducing.concerns(problem)) {
      // Nothing is wrong with the report; it waits until the agent is welcome again.
      return false;
    }
    uploaded.clear();
    AfterRefusal after = station.outbox().refused(report, problem);
    LOG.atWarn()
        .addKeyValue("seq", report.report().seq())
        .addKeyValue("problem", problem.slug())
        .addKeyValue("reason", problem.detail())
        .addKeyValue("then", after)
        .log("A report was refused");
    if (after == AfterRefusal.PUT_ASIDE) {
      board.notice("a report was refused and put aside: " + problem.detail());
    }
    return true;
  }
}
