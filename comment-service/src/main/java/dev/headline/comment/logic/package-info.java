/** What can be done with comments, one class a use case. */
@NullMarked
package dev.headline.comment.logic;

import org.jspecify.annotations.NullMarked;
