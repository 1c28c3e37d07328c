/**
 * How an agent presents itself and says whose computer it is.
 *
 * <p>Knows nothing of accounts or names of people.
 */
@NullMarked
package org.almoner.protocol.enrolment;

import org.jspecify.annotations.NullMarked;
