/** The tables, and all SQL. */
@NullMarked
package dev.headline.user.dal;

import org.jspecify.annotations.NullMarked;
