package org.almoner.coordinator.desk;

import org.almoner.protocol.envelope.Envelope;

/** A batch and its release, as their owner signed them. */
public record SignedBatch(Envelope batch, Envelope release) {}
