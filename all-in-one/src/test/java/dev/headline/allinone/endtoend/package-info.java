/** Whole platforms, put to the test from outside. */
@NullMarked
package dev.headline.allinone.endtoend;

import org.jspecify.annotations.NullMarked;
