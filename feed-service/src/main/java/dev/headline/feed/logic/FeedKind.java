package dev.headline.feed.logic;

/** Which feed. Two that are equal are the same list, so a position in one is one in the other. */
public sealed interface FeedKind {

  /** All contents, newest first. */
  record Newest() implements FeedKind {}

  /**
   * The contents of the people that one user follows, newest first.
   *
   * @param userId the reader; positive
   */
  record Following(long userId) implements FeedKind {}
}
