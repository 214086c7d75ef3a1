package dev.headline.user.dal;

import dev.headline.data.ReplicaRouter;
import dev.headline.data.Snapshot;
import dev.headline.data.cache.CacheAside;
import dev.headline.data.cache.CachePolicy;
import dev.headline.data.cache.CachedKind;
import dev.headline.data.cache.Form;
import dev.headline.data.cache.SharedRedis;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.user.v1.ListFollowingResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of who follows whom, and a cache of what is read from it. Safe for many threads. */
public final class Follows implements AutoCloseable {

  /** As many as the contract lets a caller ask for. */
  public static final int MOST = 5_000;

  private static final int SCHEMA = 1;

  private static final String FOLLOWED =
      """
      select asked.follower_id, followed.followee_id
      from unnest(:followers) as asked (follower_id)
      cross join lateral (
        select followee_id, created_at from follow
        where follow.follower_id = asked.follower_id
        order by created_at desc, followee_id desc
        limit :limit) as followed
      order by asked.follower_id, followed.created_at desc, followed.followee_id desc
      """;

  /** Sorted, so that two batches with the same follows wait for each other instead of both. */
  private static final String INSERT =
      """
      insert into follow (follower_id, followee_id, created_at)
      select follower_id, followee_id, now() + position * interval '1 microsecond'
      from unnest(:followers, :followees)
        with ordinality as new (follower_id, followee_id, position)
      order by follower_id, followee_id
      on conflict do nothing
      """;

  private final ReplicaRouter router;
  private final CacheAside<Long, ListFollowingResponse> cache;

  /**
   * @param router where writes go, and reads that the cache cannot answer
   * @param redis where the cache is
   * @param meters where its reads are counted
   */
  public Follows(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    this.router = router;
    this.cache =
        new CacheAside<>(
            new CachedKind<>(
                "user",
                "followed",
                SCHEMA,
                String::valueOf,
                Form.of(ListFollowingResponse.parser())),
            (followers, atLeast) -> router.snapshot(atLeast, sql -> read(sql, followers)),
            CachePolicy.DEFAULT,
            router.session()::written,
            redis,
            meters);
  }

  /**
   * Whom a user follows, newest follow first. The whole list is kept, and cut here: one entry,
   * which one write makes void, whatever limits there are.
   *
   * @param limit at most so many; 1 to {@value #MOST}
   */
  public ListFollowingResponse followedBy(long followerId, int limit) {
    ListFollowingResponse whole = cache.load(Set.of(followerId)).get(followerId);
    if (whole == null) {
      return ListFollowingResponse.getDefaultInstance();
    }
    if (whole.getUserIdsCount() <= limit) {
      return whole;
    }
    return ListFollowingResponse.newBuilder()
        .addAllUserIds(whole.getUserIdsList().subList(0, limit))
        .build();
  }

  private static Map<Long, ListFollowingResponse> read(JdbcClient sql, Set<Long> followers) {
    Map<Long, ListFollowingResponse.Builder> lists = new HashMap<>();
    sql.sql(FOLLOWED)
        .param("followers", followers.stream().mapToLong(Long::longValue).toArray())
        .param("limit", MOST)
        .query(
            row -> {
              lists
                  .computeIfAbsent(
                      row.getLong("follower_id"), _ -> ListFollowingResponse.newBuilder())
                  .addUserIds(row.getLong("followee_id"));
            });
    return lists.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, list -> list.getValue().build()));
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
      Snapshot<Integer> written = router.commit(sql -> insert(sql, follows));
      // Also of who followed before: an earlier run may have ended between its commit and this.
      cache.invalidate(
          follows.stream().map(NewFollow::followerId).collect(Collectors.toSet()), written.asOf());
      return written.value();
    } catch (RpcException e) {
      if (e.code() == RpcCode.FAILED_PRECONDITION) {
        throw new RpcException(e.code(), "One of the users of a follow does not exist", e);
      }
      throw e;
    }
  }

  private static int insert(JdbcClient sql, List<NewFollow> follows) {
    return sql.sql(INSERT)
        .param("followers", follows.stream().mapToLong(NewFollow::followerId).toArray())
        .param("followees", follows.stream().mapToLong(NewFollow::followeeId).toArray())
        .update();
  }

  @Override
  public void close() {
    cache.close();
  }
}
