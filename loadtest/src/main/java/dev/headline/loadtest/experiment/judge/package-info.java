/** Ratios of what two sides measured side by side, and the verdict on them. */
@NullMarked
package dev.headline.loadtest.experiment.judge;

import org.jspecify.annotations.NullMarked;
