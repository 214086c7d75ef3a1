/** The use cases that are more than one statement. */
@NullMarked
package dev.headline.user.logic;

import org.jspecify.annotations.NullMarked;
