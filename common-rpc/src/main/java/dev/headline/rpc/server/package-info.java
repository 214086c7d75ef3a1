/**
 * The called side. Start at {@link dev.headline.rpc.server.ServerStack}: the way of a call, as a
 * list.
 */
@NullMarked
package dev.headline.rpc.server;

import org.jspecify.annotations.NullMarked;
