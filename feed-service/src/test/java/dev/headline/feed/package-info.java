/** feed-service over real databases, beside fakes of the services it asks. */
@NullMarked
package dev.headline.feed;

import org.jspecify.annotations.NullMarked;
