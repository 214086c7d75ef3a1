/** What runs, how often, where, and how the parts reach each other: a value that starts nothing. */
@NullMarked
package dev.headline.allinone.topology;

import org.jspecify.annotations.NullMarked;
