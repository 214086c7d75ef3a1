/** How a request is read: ids, numbers, cursors and names, by the same rules at every endpoint. */
@NullMarked
package dev.headline.gateway.http.query;

import org.jspecify.annotations.NullMarked;
