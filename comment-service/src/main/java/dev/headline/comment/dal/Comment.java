package dev.headline.comment.dal;

import com.google.protobuf.Timestamp;
import dev.headline.data.paging.Keyset;
import java.time.Instant;

/**
 * A comment as it is kept.
 *
 * @param id positive and time-ordered
 * @param contentId what it is about
 * @param authorId who wrote it
 * @param text plain text
 * @param createdAt when it was written, to the microsecond
 * @param replyCount how many replies it has; 0 for a reply
 */
public record Comment(
    long id, long contentId, long authorId, String text, Instant createdAt, int replyCount) {

  /** Where it stands in a list that is ordered by time. */
  public Keyset position() {
    return new Keyset(createdAt, id);
  }

  /** The same as the contract has it. */
  public dev.headline.comment.v1.Comment message() {
    return dev.headline.comment.v1.Comment.newBuilder()
        .setId(id)
        .setContentId(contentId)
        .setAuthorId(authorId)
        .setText(text)
        .setCreatedAt(
            Timestamp.newBuilder()
                .setSeconds(createdAt.getEpochSecond())
                .setNanos(createdAt.getNano()))
        .setReplyCount(replyCount)
        .build();
  }
}
