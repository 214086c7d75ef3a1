/**
 * Experiments: one claim each, run and judged. Every experiment runs both sides of its comparison
 * in one go, side by side in shuffled rounds, and judges a ratio, because absolute figures say more
 * of the machine than of the code. {@link dev.headline.loadtest.experiment.ExperimentCommand} lists
 * them.
 */
@NullMarked
package dev.headline.loadtest.experiment;

import org.jspecify.annotations.NullMarked;
