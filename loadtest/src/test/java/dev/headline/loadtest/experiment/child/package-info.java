@NullMarked
package dev.headline.loadtest.experiment.child;

import org.jspecify.annotations.NullMarked;
