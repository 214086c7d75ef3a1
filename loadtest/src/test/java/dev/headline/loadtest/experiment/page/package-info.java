@NullMarked
package dev.headline.loadtest.experiment.page;

import org.jspecify.annotations.NullMarked;
