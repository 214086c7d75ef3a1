package dev.headline.gateway.load;

import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.sub;
import static dev.headline.rpc.load.LoadGraph.subMany;

import dev.headline.comment.v1.Comment;
import dev.headline.comment.v1.TopComments;
import dev.headline.content.v1.Content;
import dev.headline.gateway.rpc.Comments;
import dev.headline.gateway.rpc.Contents;
import dev.headline.gateway.rpc.Users;
import dev.headline.rpc.load.Field;
import dev.headline.rpc.load.LoadGraph;
import dev.headline.user.v1.User;
import java.util.List;

/**
 * The fields of a content, on a feed page and alone, by the id of the content.
 *
 * <p>The names are those of Toutiao's own article about its microservices, and so is the split:
 * CONTENT and COMMENTS stand in its BASIC_LOADER_MAP, the people in its SUB_LOADER_MAP.
 */
public final class FeedFields {

  public static final Field<Long, Content> CONTENT = Field.of("Content_Info");
  public static final Field<Long, TopComments> COMMENTS = Field.of("Content.Comment_Info");

  /** By the id of the author. */
  public static final Field<Long, User> AUTHOR = Field.of("Content.User_Info");

  /** By the id of whoever wrote a comment. */
  public static final Field<Long, User> COMMENTER = Field.of("Content.Comment.User_Info");

  /** What a client gets that does not say what it wants. */
  public static final List<String> DEFAULT =
      List.of(CONTENT.name(), AUTHOR.name(), COMMENTS.name());

  /** What user-service takes in one call, so that the people of a page are one call. */
  private static final int PEOPLE = 500;

  private FeedFields() {}

  /** The graph, loaded through these services. */
  public static LoadGraph<Long> graph(Contents contents, Comments comments, Users users) {
    return LoadGraph.of(
        basic(CONTENT, contents::batchGet),
        basic(COMMENTS, comments::batchTop),
        sub(AUTHOR, CONTENT, Content::getAuthorId, users::batchGet),
        subMany(COMMENTER, COMMENTS, FeedFields::writers, users::batchGet).inBatchesOf(PEOPLE));
  }

  private static List<Long> writers(TopComments top) {
    return top.getCommentsList().stream().map(Comment::getAuthorId).toList();
  }
}
