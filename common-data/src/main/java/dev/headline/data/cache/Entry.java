package dev.headline.data.cache;

import dev.headline.data.WalPosition;

/**
 * What is found in Redis at a key.
 *
 * @param <V> a value
 */
sealed interface Entry<V> {

  /** What it shows at least, or for a fence: what a value must show to take its place. */
  WalPosition asOf();

  /** What was read from the database, though it may be that there is nothing. */
  sealed interface Answer<V> extends Entry<V> {}

  /**
   * A value.
   *
   * @param freshUntil when it is to be loaded anew, in milliseconds since the epoch
   */
  record Present<V>(WalPosition asOf, long freshUntil, V value) implements Answer<V> {}

  /** There is no value. */
  record Absent<V>(WalPosition asOf) implements Answer<V> {}

  /** There was a write, and nothing newer has been loaded. */
  record Fence<V>(WalPosition asOf) implements Entry<V> {}
}
