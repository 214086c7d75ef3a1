package dev.headline.loadtest.experiment.page;

import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.BatchTopResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.LongStream;

/**
 * What a page is made of: the replies of three calls, about 2.6 kB in all.
 *
 * @param contents its contents
 * @param comments the comments below them
 * @param users their authors
 */
record Page(
    dev.headline.content.v1.BatchGetResponse contents,
    BatchTopResponse comments,
    dev.headline.user.v1.BatchGetResponse users) {

  private static final int ITEMS = 8;
  private static final Iterable<Long> IDS = LongStream.rangeClosed(1, ITEMS).boxed().toList();

  static final dev.headline.content.v1.BatchGetRequest CONTENTS =
      dev.headline.content.v1.BatchGetRequest.newBuilder().addAllIds(IDS).build();
  static final BatchTopRequest COMMENTS =
      BatchTopRequest.newBuilder().addAllContentIds(IDS).build();
  static final dev.headline.user.v1.BatchGetRequest USERS =
      dev.headline.user.v1.BatchGetRequest.newBuilder().addAllIds(IDS).build();

  Page {
    if (contents.getContentsCount() != ITEMS
        || comments.getTopsCount() != ITEMS
        || users.getUsersCount() != ITEMS) {
      throw new IllegalArgumentException("A page has %d of each".formatted(ITEMS));
    }
  }

  /** Its size, and a digest of all of it: equal only for equal pages. */
  String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(contents.toByteArray());
      digest.update(comments.toByteArray());
      digest.update(users.toByteArray());
      int bytes =
          contents.getSerializedSize() + comments.getSerializedSize() + users.getSerializedSize();
      return bytes + " bytes " + HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
