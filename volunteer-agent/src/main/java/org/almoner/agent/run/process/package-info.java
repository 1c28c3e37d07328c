/**
 * A unit's process: how it is started, measured, limited, paused and ended, and the two files that
 * are all it shares with the agent.
 *
 * <p>Knows no engine and nothing of Wasm but the octets it passes on.
 */
@NullMarked
package org.almoner.agent.run.process;

import org.jspecify.annotations.NullMarked;
