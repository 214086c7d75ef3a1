/** The gateway over real HTTP, in front of real gRPC servers whose answers a test decides. */
@NullMarked
package dev.headline.gateway;

import org.jspecify.annotations.NullMarked;
