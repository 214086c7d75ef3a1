/** The use cases that are more than one statement. */
@NullMarked
package dev.headline.content.logic;

import org.jspecify.annotations.NullMarked;
