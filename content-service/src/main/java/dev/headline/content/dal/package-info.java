/** The tables, and all SQL. */
@NullMarked
package dev.headline.content.dal;

import org.jspecify.annotations.NullMarked;
