@NullMarked
package dev.headline.loadtest.experiment.cache;

import org.jspecify.annotations.NullMarked;
