package org.almoner.agent;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.almoner.agent.durable.DamagedFile;
import org.almoner.agent.proof.AgentShelf;
import org.almoner.agent.proof.LineProof;
import org.almoner.agent.proof.Receipt;
import org.almoner.protocol.usage.StarterAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a receipt tells of a starter unit, whose answer the coordinator knows. */
final class FirstUnit {
  /** Reports looked through: there is no other work before an answer to a starter was right. */
  private static final int REPORTS_MAX = 64;

  private static final Logger LOG = LoggerFactory.getLogger(FirstUnit.class);

  private FirstUnit() {}

  /** The line of a starter unit, where the receipt has one. */
  static Optional<LineProof> in(Receipt receipt) {
    return receipt.lines().stream().filter(l -> l.starter() != StarterAnswer.NONE).findFirst();
  }

  /** What is told of the line of a starter unit. */
  static String sentence(LineProof line) {
    String proof = "log entry " + line.leaf() + ", proof checked here.";
    return line.starter() == StarterAnswer.RIGHT
        ? "This computer's first unit was right: " + proof
        : "This computer gave a wrong answer to a unit whose answer is known: "
            + proof
            + " Check its memory and cooling.";
  }

  /** What is told after a restart; empty when no receipt on the shelf is of a starter unit. */
  static String told(AgentShelf shelf) throws IOException {
    String told = "";
    List<Long> reports = shelf.list();
    for (long seq : reports.subList(0, Math.min(REPORTS_MAX, reports.size()))) {
      Optional<LineProof> line = line(shelf, seq);
      told = line.map(FirstUnit::sentence).orElse(told);
      if (line.filter(l -> l.starter() == StarterAnswer.RIGHT).isPresent()) {
        return told;
      }
    }
    return told;
  }

  private static Optional<LineProof> line(AgentShelf shelf, long seq) throws IOException {
    try {
      return in(shelf.report(seq).orElseThrow().receipt());
    } catch (DamagedFile e) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("A receipt cannot be read any more");
      return Optional.empty();
    }
  }
}
