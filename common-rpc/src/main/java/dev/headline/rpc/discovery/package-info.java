/**
 * Which instances of a service there are, where they listen, and how an instance makes itself
 * known.
 */
@NullMarked
package dev.headline.rpc.discovery;

import org.jspecify.annotations.NullMarked;
