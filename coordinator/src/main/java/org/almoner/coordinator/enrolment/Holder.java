package org.almoner.coordinator.enrolment;

import org.almoner.protocol.bytes.Bytes;
import org.almoner.protocol.identity.AgentId;
import org.almoner.protocol.identity.DonorId;

/**
 * Who a lease counts as given to: a donor, or an agent that has none and counts as its own.
 *
 * @param octets 16 of a donor's pseudonym, or 32 of an agent's id
 */
public record Holder(Bytes octets) {
  /** A donor. */
  public static Holder of(DonorId donor) {
    return new Holder(donor.octets());
  }

  /** Whether it is a donor, and not an agent without one. */
  public boolean isDonor() {
    return octets.size() == DonorId.SIZE;
  }

  /** An agent without a donor. */
  public static Holder of(AgentId agent) {
    return new Holder(Bytes.of(agent.digest().toArray()));
  }
}
