package org.almoner.agent.contact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.almoner.agent.origin.Pinned;
import org.almoner.agent.proof.Receipt;
import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;

/**
 * What an agent says to its coordinator. Each of these may be said again, and is, until it is
 * answered.
 */
public interface Contact {
  /** Asks who the coordinator is. */
  Answer<Pinned> origin() throws InterruptedException;

  /** Presents the agent's key. */
  Answer<Receipt> enrol(Envelope enrolment) throws InterruptedException;

  /** Names or leaves a donor. */
  Answer<Receipt> link(Envelope link) throws InterruptedException;

  /** Asks for work. */
  Answer<LeaseAnswer> lease(Envelope request) throws InterruptedException;

  /**
   * Reports finished leases.
   *
   * @param outputs output bundles that travel with the report, by digest
   * @param knownSize size of the largest checkpoint the agent holds
   */
  Answer<Receipt> report(Envelope report, Map<Hash, Bytes> outputs, long knownSize)
      throws InterruptedException;

  /** Uploads an output that is too large to travel with its report. */
  Answer<Hash> upload(Envelope announcement, Hash digest, Path file)
      throws IOException, InterruptedException;
}
