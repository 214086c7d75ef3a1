package dev.headline.feed.dal;

import dev.headline.data.paging.Keyset;
import java.time.Instant;

/**
 * A content as far as a feed is concerned.
 *
 * @param contentId the content; positive
 * @param authorId who published it; positive
 * @param publishedAt when; kept to the microsecond
 */
public record FeedEntry(long contentId, long authorId, Instant publishedAt) {

  /** Where it stands in a feed that is ordered by time. */
  public Keyset position() {
    return new Keyset(publishedAt, contentId);
  }
}
