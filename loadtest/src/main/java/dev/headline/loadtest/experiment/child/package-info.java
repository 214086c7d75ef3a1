/** JVMs that an experiment starts for one side of its comparison, and the load they make. */
@NullMarked
package dev.headline.loadtest.experiment.child;

import org.jspecify.annotations.NullMarked;
