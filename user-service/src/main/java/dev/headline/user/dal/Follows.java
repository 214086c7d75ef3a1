package dev.headline.user.dal;

import dev.headline.data.ReplicaRouter;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.List;

/** The table of who follows whom. */
public final class Follows {

  private final ReplicaRouter router;

  /**
   * @param router where reads and writes go
   */
  public Follows(ReplicaRouter router) {
    this.router = router;
  }

  /** Whom a user follows, newest follow first, at most {@code limit}. */
  public List<Long> followedBy(long followerId, int limit) {
    return router
        .read()
        .sql(
            """
            select followee_id
            from follow
            where follower_id = :follower
            order by created_at desc, followee_id desc
            limit :limit
            """)
        .param("follower", followerId)
        .param("limit", limit)
        .query(Long.class)
        .list();
  }

  /**
   * Records all of these follows or none; one that exists stays as it is. Of two in one call, the
   * later in the list is the newer.
   *
   * @return how many are new
   * @throws RpcException {@link RpcCode#FAILED_PRECONDITION} if one of the users does not exist
   */
  public int add(List<NewFollow> follows) {
    try {
      // Sorted, so that two batches with the same follows wait for each other instead of both.
      return router.write(
          sql ->
              sql.sql(
                      """
                      insert into follow (follower_id, followee_id, created_at)
                      select follower_id, followee_id, now() + position * interval '1 microsecond'
                      from unnest(:followers, :followees)
                        with ordinality as new (follower_id, followee_id, position)
                      order by follower_id, followee_id
                      on conflict do nothing
                      """)
                  .param("followers", follows.stream().mapToLong(NewFollow::followerId).toArray())
                  .param("followees", follows.stream().mapToLong(NewFollow::followeeId).toArray())
                  .update());
    } catch (RpcException e) {
      if (e.code() == RpcCode.FAILED_PRECONDITION) {
        throw new RpcException(e.code(), "One of the users of a follow does not exist", e);
      }
      throw e;
    }
  }
}
