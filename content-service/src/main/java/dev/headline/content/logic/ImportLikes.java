package dev.headline.content.logic;

import dev.headline.content.dal.Likes;
import dev.headline.content.dal.NewLike;
import dev.headline.data.ReplicaRouter;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.List;

/** Records the likes of a batch and counts those that are new, exactly, whoever else likes too. */
public final class ImportLikes {

  private final ReplicaRouter router;
  private final Likes likes;

  /**
   * @param router opens the transaction
   * @param likes where they are kept
   */
  public ImportLikes(ReplicaRouter router, Likes likes) {
    this.router = router;
    this.likes = likes;
  }

  /**
   * Imports all or, if this throws, none.
   *
   * @return how many did not exist before
   * @throws RpcException {@link RpcCode#FAILED_PRECONDITION} if one of the contents does not exist
   */
  public int run(List<NewLike> batch) {
    long[] contentIds = batch.stream().mapToLong(NewLike::contentId).distinct().toArray();
    return router.write(
        sql -> {
          int missing = contentIds.length - likes.lockContents(sql, contentIds);
          if (missing > 0) {
            throw new RpcException(
                RpcCode.FAILED_PRECONDITION,
                "%d of the contents to like do not exist".formatted(missing));
          }
          return likes.addMissing(sql, batch);
        });
  }
}
