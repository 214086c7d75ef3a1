/** Asks the instances of a running platform why calls go the way they go. */
@NullMarked
package dev.headline.allinone.explain;

import org.jspecify.annotations.NullMarked;
