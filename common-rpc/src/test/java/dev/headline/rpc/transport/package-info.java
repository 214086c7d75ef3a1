@NullMarked
package dev.headline.rpc.transport;

import org.jspecify.annotations.NullMarked;
