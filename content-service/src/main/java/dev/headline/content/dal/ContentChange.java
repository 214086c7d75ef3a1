package dev.headline.content.dal;

import java.time.Instant;

/** What became of one content, and where in the feed that stands. */
public sealed interface ContentChange {

  /** Where a reader is who has read this and all before it. */
  Position position();

  /** The content came into being. */
  record Published(Position position, long contentId, long authorId, Instant publishedAt)
      implements ContentChange {}
}
