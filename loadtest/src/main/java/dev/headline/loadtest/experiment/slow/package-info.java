/** One instance of three that is slow, and how much its callers notice. */
@NullMarked
package dev.headline.loadtest.experiment.slow;

import org.jspecify.annotations.NullMarked;
