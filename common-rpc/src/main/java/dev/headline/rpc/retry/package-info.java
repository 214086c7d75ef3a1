/**
 * Sending a call again: after a failure, and beside an attempt that is slow, in one scheduler and
 * from one budget. Start at {@link dev.headline.rpc.retry.Retry}.
 */
@NullMarked
package dev.headline.rpc.retry;

import org.jspecify.annotations.NullMarked;
