/**
 * Real Postgres, Redis and Consul as child processes on loopback, for the demo and for tests. What
 * a running server is and can be put through ({@link dev.headline.infra.Server}); each server has
 * its own package.
 */
@NullMarked
package dev.headline.infra;

import org.jspecify.annotations.NullMarked;
