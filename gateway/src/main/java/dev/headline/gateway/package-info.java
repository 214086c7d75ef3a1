/**
 * The gateway: the public API in front of the services. Start with {@link
 * dev.headline.gateway.Wiring}.
 */
@NullMarked
package dev.headline.gateway;

import org.jspecify.annotations.NullMarked;
