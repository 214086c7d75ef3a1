@NullMarked
package dev.headline.rpc.retry;

import org.jspecify.annotations.NullMarked;
