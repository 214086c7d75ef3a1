/** Tests of the chains as a caller and a handler see them. */
@NullMarked
package dev.headline.rpc;

import org.jspecify.annotations.NullMarked;
