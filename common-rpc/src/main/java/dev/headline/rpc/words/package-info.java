/** How figures and guesses are put for people. It knows nothing of calls. */
@NullMarked
package dev.headline.rpc.words;

import org.jspecify.annotations.NullMarked;
