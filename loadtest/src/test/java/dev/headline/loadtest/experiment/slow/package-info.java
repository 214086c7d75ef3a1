@NullMarked
package dev.headline.loadtest.experiment.slow;

import org.jspecify.annotations.NullMarked;
