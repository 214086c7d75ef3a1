@NullMarked
package dev.headline.loadtest.experiment;

import org.jspecify.annotations.NullMarked;
