/** Transactions that say where they stand in the log, and what is known of those that fail. */
@NullMarked
package dev.headline.data.write;

import org.jspecify.annotations.NullMarked;
