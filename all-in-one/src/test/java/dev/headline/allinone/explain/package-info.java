@NullMarked
package dev.headline.allinone.explain;

import org.jspecify.annotations.NullMarked;
