package dev.headline.data.paging;

import java.time.Instant;

/**
 * A place in a list that is ordered by time and then by id. It names the entry that was read last
 * and not a number of entries, so whatever is added at the front later moves nobody, and reading on
 * costs as much on the thousandth page as on the first.
 *
 * @param at the moment of that entry, to the microsecond, as Postgres keeps it
 * @param id that entry; positive; tells apart what is of the same microsecond
 * @see <a href="https://use-the-index-luke.com/no-offset">Markus Winand: We need tool support for
 *     keyset pagination</a>
 */
public record Keyset(Instant at, long id) {}
