/**
 * comment-service: what people say below a content. {@code Wiring} shows all objects; a call goes
 * from {@code handler} through {@code logic}, where there is any, to {@code dal}.
 */
@NullMarked
package dev.headline.comment;

import org.jspecify.annotations.NullMarked;
