/** Tests of calls from a shell. */
@NullMarked
package dev.headline.allinone.call;

import org.jspecify.annotations.NullMarked;
