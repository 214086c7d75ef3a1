/**
 * Which instance answers: algorithms over an immutable list of {@link
 * dev.headline.rpc.balance.Node}s. They know no channel and no clock; what they remember of an
 * instance is its {@link dev.headline.rpc.balance.Load}.
 */
@NullMarked
package dev.headline.rpc.balance;

import org.jspecify.annotations.NullMarked;
