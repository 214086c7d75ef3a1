@NullMarked
package dev.headline.rpc.client;

import org.jspecify.annotations.NullMarked;
