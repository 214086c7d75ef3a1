/** What feed-service asks of other services, one class for each question. */
@NullMarked
package dev.headline.feed.rpc;

import org.jspecify.annotations.NullMarked;
