package org.almoner.coordinator.desk;

import org.almoner.protocol.bytes.Hash;
import org.almoner.protocol.envelope.Envelope;

/**
 * What opens one logged usage line.
 *
 * @param leaf index in the log
 * @param salt 32 octets
 * @param part index of the line inside {@code report}
 * @param report the report as its agent signed it
 */
public record LineOpening(long leaf, Hash salt, int part, Envelope report) {}
