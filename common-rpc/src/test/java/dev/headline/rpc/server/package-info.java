@NullMarked
package dev.headline.rpc.server;

import org.jspecify.annotations.NullMarked;
