package org.almoner.coordinator.desk;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;

/**
 * What opens one logged enrolment.
 *
 * @param leaf index in the log
 * @param salt 32 octets
 * @param enrolment as its agent signed it
 */
public record EnrolmentOpening(long leaf, Hash salt, Envelope enrolment) {}
