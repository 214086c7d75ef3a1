/** The cache against real servers, and against what they can do to it. */
@NullMarked
package dev.headline.data.cache;

import org.jspecify.annotations.NullMarked;
