/** The connections to one node, and the gate in front of them. */
@NullMarked
package dev.headline.data.pool;

import org.jspecify.annotations.NullMarked;
