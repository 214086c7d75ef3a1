@NullMarked
package dev.headline.rpc.breaker;

import org.jspecify.annotations.NullMarked;
