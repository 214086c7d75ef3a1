/**
 * Where a request enters the platform: what is asked is checked, the deadline starts, and a client
 * that leaves cancels everything that runs for it.
 */
@NullMarked
package dev.headline.gateway.http.edge;

import org.jspecify.annotations.NullMarked;
