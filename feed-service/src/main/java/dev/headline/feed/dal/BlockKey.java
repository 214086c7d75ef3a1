package dev.headline.feed.dal;

/** The list that a {@link Block} begins. */
sealed interface BlockKey {

  /** What all authors have published. */
  record Everybody() implements BlockKey {}

  /**
   * What one author has published.
   *
   * @param id positive
   */
  record Author(long id) implements BlockKey {}

  /** The key as text; different for different keys. */
  static String text(BlockKey key) {
    return switch (key) {
      case Everybody() -> "all";
      case Author(long id) -> Long.toString(id);
    };
  }
}
