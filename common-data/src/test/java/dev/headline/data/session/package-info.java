/** Tests of what a reader is shown. */
@NullMarked
package dev.headline.data.session;

import org.jspecify.annotations.NullMarked;
