/**
 * Experiments: one claim each, run and judged. An experiment runs both sides of its comparison in
 * one go, in rounds that alternate (A B B A), and judges a ratio, because absolute figures say more
 * of the machine than of the code. What the chain of a client takes by itself has no other side to
 * be compared with, and is told as it is, in nanoseconds and bytes: bytes are the same everywhere,
 * and the nanoseconds are not held against the chain where the stub alone is slow as well. {@link
 * dev.headline.loadtest.experiment.ExperimentCommand} lists them.
 */
@NullMarked
package dev.headline.loadtest.experiment;

import org.jspecify.annotations.NullMarked;
