package dev.headline.comment.dal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A comment that comes from elsewhere and may be here already.
 *
 * @param sourceKey tells one comment from another
 * @param contentId what it is about
 * @param authorId who wrote it
 * @param text plain text
 * @param createdAt when it was written; what is finer than a microsecond is not kept
 * @param parentKey the source key of the comment that it answers; null for a comment of its own
 */
public record NewComment(
    String sourceKey,
    long contentId,
    long authorId,
    String text,
    Instant createdAt,
    @Nullable String parentKey) {}
