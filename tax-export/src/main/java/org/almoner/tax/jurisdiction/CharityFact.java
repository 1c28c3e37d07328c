package org.almoner.tax.jurisdiction;

import java.time.LocalDate;

/**
 * A fact that the charity says of itself, as the operator typed it.
 *
 * @param id which one, as {@link RequiredFact#id} names it
 * @param value its value
 * @param dated date of the paper that shows it
 * @param validUntil last day on which it is true; {@link LocalDate#MAX} when it does not end
 */
public record CharityFact(String id, String value, LocalDate dated, LocalDate validUntil) {}
