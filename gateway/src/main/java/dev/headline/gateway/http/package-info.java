/**
 * The public API under {@code /api/v1}: controllers, and the shape of what they answer.
 *
 * <p>Start with {@link dev.headline.gateway.http.Answer}: it shows every shape that an answer has.
 * Whatever is not an answer is a {@linkplain dev.headline.gateway.http.problem problem document}.
 */
@NullMarked
package dev.headline.gateway.http;

import org.jspecify.annotations.NullMarked;
