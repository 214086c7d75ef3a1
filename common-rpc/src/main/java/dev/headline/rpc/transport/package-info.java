/** The three kinds of address as gRPC channels and servers: one switch each. */
@NullMarked
package dev.headline.rpc.transport;

import org.jspecify.annotations.NullMarked;
