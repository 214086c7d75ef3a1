/** What one reader has seen and written so far, and that he is never shown less. */
@NullMarked
package dev.headline.data.session;

import org.jspecify.annotations.NullMarked;
