package dev.headline.comment.dal;

import java.util.List;

/**
 * What a feed shows of the comments of one content.
 *
 * @param comments most replies first, then newest; no replies among them
 * @param commentCount all comments of the content, replies included
 */
public record TopComments(List<Comment> comments, long commentCount) {

  public TopComments {
    comments = List.copyOf(comments);
  }
}
