/** The commands behind {@code ./headline} that are Java. Start reading at {@code Main}. */
@NullMarked
package dev.headline.allinone;

import org.jspecify.annotations.NullMarked;
