/** A page of contents read from the database, and through the cache in front of it. */
@NullMarked
package dev.headline.loadtest.experiment.cache;

import org.jspecify.annotations.NullMarked;
