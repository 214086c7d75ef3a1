package dev.headline.comment.logic;

import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;

import dev.headline.comment.dal.CommentWriter;
import dev.headline.comment.dal.CommentWriter.Created;
import dev.headline.comment.dal.CommentWriter.Parent;
import dev.headline.comment.dal.Comments;
import dev.headline.comment.dal.NewComment;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes over comments that were written elsewhere, all of a batch or none. */
public final class ImportComments {

  private final Comments comments;

  public ImportComments(Comments comments) {
    this.comments = comments;
  }

  /**
   * Adds the comments whose source keys are new. Those that exist stay as they are, so repeating a
   * batch, also while its first run is still busy, changes nothing.
   *
   * @param batch every parent before its replies, or in an earlier batch
   * @return how many did not exist before
   * @throws RpcException INVALID_ARGUMENT if the batch contradicts itself, FAILED_PRECONDITION if a
   *     parent does not exist, is a reply, or belongs to another content
   */
  public int run(List<NewComment> batch) {
    checkBatch(batch);
    if (batch.isEmpty()) {
      return 0;
    }
    // All of the batch, not what is new: an earlier run may have ended right after its commit.
    Set<Long> contentIds = batch.stream().map(NewComment::contentId).collect(toSet());
    return comments.write(contentIds, writer -> write(batch, writer));
  }

  private static int write(List<NewComment> batch, CommentWriter writer) {
    Map<Boolean, List<NewComment>> byKind =
        batch.stream().collect(partitioningBy(ImportComments::isReply));
    List<NewComment> replies = byKind.getOrDefault(true, List.of());

    List<Created> created = new ArrayList<>();
    created.addAll(writer.addComments(byKind.getOrDefault(false, List.of())));
    Map<String, Parent> parents =
        writer.lockParents(replies.stream().map(NewComment::parentKey).collect(toSet()));
    replies.forEach(reply -> checkParent(reply, parents.get(reply.parentKey())));
    created.addAll(writer.addReplies(replies, parents));
    writer.count(created);
    return created.size();
  }

  private static boolean isReply(NewComment comment) {
    return comment.parentKey() != null;
  }

  /** What can be said of the batch without looking at what is there. */
  private static void checkBatch(List<NewComment> batch) {
    Set<String> keys = batch.stream().map(NewComment::sourceKey).collect(toSet());
    Map<String, NewComment> earlier = new HashMap<>();
    for (NewComment comment : batch) {
      NewComment parent = earlier.get(comment.parentKey());
      if (parent != null && isReply(parent)) {
        throw refused(comment, "which is a reply itself");
      }
      if (parent == null && keys.contains(comment.parentKey())) {
        throw new RpcException(
            RpcCode.INVALID_ARGUMENT,
            "Comment '%s' comes before its parent '%s'"
                .formatted(comment.sourceKey(), comment.parentKey()));
      }
      if (earlier.put(comment.sourceKey(), comment) != null) {
        throw new RpcException(
            RpcCode.INVALID_ARGUMENT,
            "Two comments have the source key '%s'".formatted(comment.sourceKey()));
      }
    }
  }

  private static void checkParent(NewComment reply, @Nullable Parent parent) {
    if (parent == null) {
      throw refused(reply, "which does not exist");
    }
    if (parent.isReply()) {
      throw refused(reply, "which is a reply itself");
    }
    if (parent.contentId() != reply.contentId()) {
      throw refused(reply, "which is about content %d".formatted(parent.contentId()));
    }
  }

  private static RpcException refused(NewComment reply, String why) {
    return new RpcException(
        RpcCode.FAILED_PRECONDITION,
        "Comment '%s' about content %d answers '%s', %s"
            .formatted(reply.sourceKey(), reply.contentId(), reply.parentKey(), why));
  }
}
