package dev.headline.content.logic;

import dev.headline.content.dal.Articles;
import dev.headline.content.dal.Likes;
import dev.headline.content.dal.NewLike;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.Snapshot;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.Arrays;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Records the likes of a batch and counts those that are new, exactly, whoever else likes too. */
public final class ImportLikes {

  private final ReplicaRouter router;
  private final Likes likes;
  private final Articles articles;

  /**
   * @param router opens the transaction
   * @param likes where they are kept
   * @param articles what shows how many there are
   */
  public ImportLikes(ReplicaRouter router, Likes likes, Articles articles) {
    this.router = router;
    this.likes = likes;
    this.articles = articles;
  }

  /**
   * Imports all or, if this throws, none.
   *
   * @return how many did not exist before
   * @throws RpcException {@link RpcCode#FAILED_PRECONDITION} if one of the contents does not exist
   */
  public int run(List<NewLike> batch) {
    long[] contentIds = batch.stream().mapToLong(NewLike::contentId).distinct().toArray();
    Snapshot<Integer> written = router.commit(sql -> add(sql, contentIds, batch));
    // Also what was liked before: an earlier run may have ended between its commit and this.
    articles.changed(Arrays.stream(contentIds).boxed().toList(), written.asOf());
    return written.value();
  }

  private int add(JdbcClient sql, long[] contentIds, List<NewLike> batch) {
    int missing = contentIds.length - likes.lockContents(sql, contentIds);
    if (missing > 0) {
      throw new RpcException(
          RpcCode.FAILED_PRECONDITION,
          "%d of the contents to like do not exist".formatted(missing));
    }
    return likes.addMissing(sql, batch);
  }
}
