/** The contract of comment-service: checks what comes in, and translates both ways. */
@NullMarked
package dev.headline.comment.handler;

import org.jspecify.annotations.NullMarked;
