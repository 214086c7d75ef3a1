/**
 * How a service reaches its database. {@link dev.headline.data.ReplicaRouter} decides which node
 * answers; below it, one {@code Pool} per node waits at one fair gate, and every statement ends
 * with the request that asked for it.
 */
@NullMarked
package dev.headline.data;

import org.jspecify.annotations.NullMarked;
