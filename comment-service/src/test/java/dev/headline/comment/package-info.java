/** comment-service as its callers see it, over real databases. */
@NullMarked
package dev.headline.comment;

import org.jspecify.annotations.NullMarked;
