/** The index of what can be recalled, and how far the changes have been applied to it. */
@NullMarked
package dev.headline.feed.dal;

import org.jspecify.annotations.NullMarked;
