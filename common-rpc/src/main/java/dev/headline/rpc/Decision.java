package dev.headline.rpc;

import java.time.Instant;

/**
 * Something that a link did with a call other than passing it on.
 *
 * @param time when
 * @param link the link's {@linkplain Middleware#name() name}
 * @param outcome what it did, in one or two words from a small set, such as {@code retry denied}; a
 *     label of a metric
 * @param reason why, in a sentence
 */
public record Decision(Instant time, String link, String outcome, String reason) {}
