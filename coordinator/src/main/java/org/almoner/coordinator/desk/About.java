package org.almoner.coordinator.desk;

import org.almoner.protocol.identity.PublicKey;

/**
 * Who this coordinator is.
 *
 * @param origin name of its log
 * @param logKey the log's verifier key, in signed-note form
 * @param coordinatorKey the key that signs grants
 * @param maturitySeconds how long a line rests before it is settled
 * @param openPeriod whether statements may cover a year that has not closed
 * @param meter version of the rule by which instructions are counted
 * @param software name and version
 */
public record About(
    String origin,
    String logKey,
    PublicKey coordinatorKey,
    long maturitySeconds,
    boolean openPeriod,
    String meter,
    String software) {}
