/**
 * content-service: articles, their likes, and the feed of changes to them. {@code Wiring} shows all
 * objects; a call goes from {@code handler} through {@code logic}, where there is any, to {@code
 * dal}.
 */
@NullMarked
package dev.headline.content;

import org.jspecify.annotations.NullMarked;
