/** The contract of feed-service: checks what comes in, and translates both ways. */
@NullMarked
package dev.headline.feed.handler;

import org.jspecify.annotations.NullMarked;
