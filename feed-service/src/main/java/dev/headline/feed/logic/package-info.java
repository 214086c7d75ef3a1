/** What feed-service does: follow the changes into its index, and build feeds from it. */
@NullMarked
package dev.headline.feed.logic;

import org.jspecify.annotations.NullMarked;
