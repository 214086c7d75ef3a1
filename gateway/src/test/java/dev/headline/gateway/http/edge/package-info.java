/** Tests of what a connection meets before it is a request. */
@NullMarked
package dev.headline.gateway.http.edge;

import org.jspecify.annotations.NullMarked;
