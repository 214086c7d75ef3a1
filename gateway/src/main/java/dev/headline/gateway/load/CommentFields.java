package dev.headline.gateway.load;

import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.subMany;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.headline.comment.v1.Comment;
import dev.headline.comment.v1.ListCommentsResponse;
import dev.headline.gateway.rpc.Comments;
import dev.headline.gateway.rpc.Users;
import dev.headline.rpc.load.Field;
import dev.headline.rpc.load.LoadGraph;
import dev.headline.user.v1.User;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The fields of one page of comments, by where the page lies. */
public final class CommentFields {

  public static final Field<Slice, ListCommentsResponse> COMMENTS = Field.of("Comment_Info");

  /** By the id of whoever wrote a comment. */
  public static final Field<Long, User> COMMENTER = Field.of("Comment.User_Info");

  /** What a client gets that does not say what it wants. */
  public static final List<String> DEFAULT = List.of(COMMENTS.name(), COMMENTER.name());

  private CommentFields() {}

  /** The graph, loaded through these services. */
  public static LoadGraph<Slice> graph(Comments comments, Users users) {
    return LoadGraph.of(
        basic(COMMENTS, slices -> load(comments, slices)),
        subMany(COMMENTER, COMMENTS, CommentFields::writers, users::batchGet));
  }

  // There is no batch of lists: a request is about one.
  private static Map<Slice, ListCommentsResponse> load(Comments comments, Set<Slice> slices) {
    return slices.stream()
        .collect(toMap(identity(), at -> comments.list(at.contentId(), at.limit(), at.cursor())));
  }

  private static List<Long> writers(ListCommentsResponse page) {
    return page.getCommentsList().stream().map(Comment::getAuthorId).toList();
  }

  /**
   * Where one page of comments lies.
   *
   * @param contentId whose comments
   * @param limit how many at most
   * @param cursor what the page before named as the next; empty for the first
   */
  public record Slice(long contentId, int limit, String cursor) {}
}
