/**
 * Who may read what, and whose computers are whose: donors under their pseudonyms, one-time codes,
 * approved owners, appointed auditors, tokens.
 *
 * <p>Knows no names of donors, and nothing of work.
 */
@NullMarked
package org.almoner.coordinator.account;

import org.jspecify.annotations.NullMarked;
