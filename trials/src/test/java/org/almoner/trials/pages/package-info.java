/**
 * The pages for newcomers as their reader uses them: every command of {@code docs/start} is run,
 * and what a page shows is compared with what came.
 *
 * <p>Knows Markdown and a shell; nothing of what the commands do.
 */
@NullMarked
package org.almoner.trials.pages;

import org.jspecify.annotations.NullMarked;
