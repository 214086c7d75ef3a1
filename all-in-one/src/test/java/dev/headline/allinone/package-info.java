/** Tests of the commands, and of the shape of the whole. */
@NullMarked
package dev.headline.allinone;

import org.jspecify.annotations.NullMarked;
