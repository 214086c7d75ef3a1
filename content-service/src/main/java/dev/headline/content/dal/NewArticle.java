package dev.headline.content.dal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A content that may not be there yet.
 *
 * @param sourceKey tells one imported content from another
 * @param publisher the site it points to; empty if there is none
 * @param publishedAt when; kept to the microsecond
 */
public record NewArticle(
    String sourceKey,
    long authorId,
    String title,
    String body,
    String publisher,
    Instant publishedAt) {

  public NewArticle {
    // Postgres would round what is finer: the last moment of the year 9999 into the year 10000.
    publishedAt = publishedAt.truncatedTo(ChronoUnit.MICROS);
  }
}
