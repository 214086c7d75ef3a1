@NullMarked
package dev.headline.loadtest.experiment.judge;

import org.jspecify.annotations.NullMarked;
