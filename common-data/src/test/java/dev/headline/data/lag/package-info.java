/** Tests of how far nodes are. */
@NullMarked
package dev.headline.data.lag;

import org.jspecify.annotations.NullMarked;
