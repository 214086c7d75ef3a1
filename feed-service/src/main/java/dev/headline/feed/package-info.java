/**
 * feed-service: which contents, in which order. {@code Wiring} shows all objects; a call goes from
 * {@code handler} through {@code logic} to {@code dal} and {@code rpc}, and beside the calls {@code
 * Follower} keeps the index up to date.
 */
@NullMarked
package dev.headline.feed;

import org.jspecify.annotations.NullMarked;
