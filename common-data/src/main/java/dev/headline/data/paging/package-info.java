/**
 * How a service reads a long list page by page: a page ends at a {@link
 * dev.headline.data.paging.Keyset}, and the next one begins behind it.
 */
@NullMarked
package dev.headline.data.paging;

import org.jspecify.annotations.NullMarked;
