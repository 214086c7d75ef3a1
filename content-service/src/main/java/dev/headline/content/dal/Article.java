package dev.headline.content.dal;

import java.time.Instant;

/**
 * A content, as kept.
 *
 * @param publisher the site it points to; empty if there is none
 * @param likeCount how many users like it
 */
public record Article(
    long id,
    long authorId,
    String title,
    String body,
    String publisher,
    Instant publishedAt,
    long likeCount) {}
