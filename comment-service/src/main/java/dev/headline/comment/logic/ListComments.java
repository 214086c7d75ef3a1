package dev.headline.comment.logic;

import dev.headline.comment.dal.Comment;
import dev.headline.comment.dal.Comments;
import dev.headline.data.paging.Keyset;
import dev.headline.data.paging.Page;
import org.jspecify.annotations.Nullable;

/** Reads the comments of one content page by page, newest first, without replies. */
public final class ListComments {

  private final Comments comments;

  public ListComments(Comments comments) {
    this.comments = comments;
  }

  /**
   * One page.
   *
   * @param after where the page before ended; null for the first page
   * @param limit at most so many comments; positive
   */
  public Page<Comment> page(long contentId, @Nullable Keyset after, int limit) {
    // One more than asked for tells whether there is another page.
    return Page.cut(comments.newest(contentId, after, limit + 1), limit, Comment::position);
  }
}
