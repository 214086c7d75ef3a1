/** Tests. */
@NullMarked
package dev.headline.allinone.platform;

import org.jspecify.annotations.NullMarked;
