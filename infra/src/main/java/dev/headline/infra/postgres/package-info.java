/** A Postgres primary with streaming replicas, and what tests do to them. */
@NullMarked
package dev.headline.infra.postgres;

import org.jspecify.annotations.NullMarked;
