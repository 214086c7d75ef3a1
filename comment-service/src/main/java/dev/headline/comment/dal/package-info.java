/** Where comments are kept: one class for reading, one for what a transaction writes. */
@NullMarked
package dev.headline.comment.dal;

import org.jspecify.annotations.NullMarked;
