/** Tests of the connections to one node. */
@NullMarked
package dev.headline.data.pool;

import org.jspecify.annotations.NullMarked;
