/** Tests of calls without generated code. */
@NullMarked
package dev.headline.rpc.generic;

import org.jspecify.annotations.NullMarked;
