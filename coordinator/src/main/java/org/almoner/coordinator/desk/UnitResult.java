package org.almoner.coordinator.desk;

import org.almoner.protocol.bytes.Hash;

/**
 * The agreed result of one unit.
 *
 * @param output digest of the output bundle, for {@link Desk#output}
 * @param count agreed instruction count
 */
public record UnitResult(long unit, Hash output, long count) {}
