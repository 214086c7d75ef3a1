/**
 * What is known of the health of the called side, apart from the links that act on it: {@link
 * dev.headline.rpc.breaker.Breaker} judges a five-tuple, {@link dev.headline.rpc.breaker.Outlier}
 * one instance among its {@link dev.headline.rpc.breaker.Siblings}. Both go by the same {@link
 * dev.headline.rpc.breaker.Testimony}.
 */
@NullMarked
package dev.headline.rpc.breaker;

import org.jspecify.annotations.NullMarked;
