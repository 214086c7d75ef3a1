/**
 * The calling side. Start at {@link dev.headline.rpc.client.ClientStack}: the way of a call, as a
 * list.
 */
@NullMarked
package dev.headline.rpc.client;

import org.jspecify.annotations.NullMarked;
