/**
 * How a service reaches its database. {@link dev.headline.data.ReplicaRouter} decides which node
 * answers: by what {@code route} knows of the nodes, {@code lag} measures, and {@code session} says
 * of the reader. Below it, one {@code pool} per node waits at one fair gate; every {@code
 * statement} ends with the request that asked for it, and every {@code write} that fails says what
 * is known of it.
 */
@NullMarked
package dev.headline.data;

import org.jspecify.annotations.NullMarked;
