/** Tests. */
@NullMarked
package dev.headline.allinone.topology;

import org.jspecify.annotations.NullMarked;
