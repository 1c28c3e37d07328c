/**
 * Talking to the coordinator: requests, bounded answers, and patience when nobody answers.
 *
 * <p>Knows nothing of what to ask for when, and believes nothing that is signed without its check.
 */
@NullMarked
package org.almoner.agent.contact;

import org.jspecify.annotations.NullMarked;
