/**
 * How far each node of the database is in the write-ahead log, as it says itself: one probe for
 * each, so that one that hangs keeps nobody from measuring the others.
 */
@NullMarked
package dev.headline.data.lag;

import org.jspecify.annotations.NullMarked;
