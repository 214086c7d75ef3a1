/** The RPC governance library. */
@NullMarked
package dev.headline.rpc;

import org.jspecify.annotations.NullMarked;
