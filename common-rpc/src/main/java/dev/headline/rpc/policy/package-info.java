/** How calls are governed, as data that is looked up by the five-tuple. */
@NullMarked
package dev.headline.rpc.policy;

import org.jspecify.annotations.NullMarked;
