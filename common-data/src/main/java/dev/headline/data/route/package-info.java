/** Where a read goes, and why. */
@NullMarked
package dev.headline.data.route;

import org.jspecify.annotations.NullMarked;
