package dev.headline.user.dal;

import com.google.protobuf.Timestamp;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.WalPosition;
import dev.headline.data.cache.CacheAside;
import dev.headline.data.cache.CachePolicy;
import dev.headline.data.cache.CachedKind;
import dev.headline.data.cache.Form;
import dev.headline.data.cache.SharedRedis;
import dev.headline.user.v1.User;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of people, and a cache of what is read from it. Safe for many threads. */
public final class Accounts implements AutoCloseable {

  /** To be raised with any change to the message that old readers or old entries would mind. */
  private static final int SCHEMA = 1;

  private final CacheAside<Long, User> cache;

  /**
   * @param router where reads go that the cache cannot answer
   * @param redis where the cache is
   * @param meters where its reads are counted
   */
  public Accounts(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    this.cache =
        new CacheAside<>(
            new CachedKind<>("user", "account", SCHEMA, String::valueOf, Form.of(User.parser())),
            (ids, atLeast) -> router.snapshot(atLeast, sql -> read(sql, ids)),
            CachePolicy.DEFAULT,
            router.session()::written,
            redis,
            meters);
  }

  /** The users who exist among {@code ids}, in no particular order. */
  public Collection<User> get(Set<Long> ids) {
    return cache.load(ids).values();
  }

  /**
   * Makes a write seen; to be called after its commit and before its caller is told.
   *
   * @param ids the accounts that it has made or changed, or may have
   * @param committedAt the position of the commit
   */
  public void changed(Collection<Long> ids, WalPosition committedAt) {
    cache.invalidate(ids, committedAt);
  }

  private static Map<Long, User> read(JdbcClient sql, Set<Long> ids) {
    return sql
        .sql("select id, handle, display_name, created_at from account where id = any(:ids)")
        .param("ids", ids.stream().mapToLong(Long::longValue).toArray())
        .query(Accounts::user)
        .list()
        .stream()
        .collect(Collectors.toMap(User::getId, Function.identity()));
  }

  /**
   * Creates those accounts whose handle is free.
   *
   * @param sql the transaction to do it in
   * @param accounts with distinct handles
   * @return how many are new
   */
  public int createMissing(JdbcClient sql, Collection<NewAccount> accounts) {
    // Sorted, so that two batches with the same handles wait for each other instead of both.
    return sql.sql(
            """
            insert into account (handle, display_name)
            select handle, display_name
            from unnest(:handles, :names) as new (handle, display_name)
            order by handle
            on conflict (handle) do nothing
            """)
        .param("handles", accounts.stream().map(NewAccount::handle).toArray(String[]::new))
        .param("names", accounts.stream().map(NewAccount::displayName).toArray(String[]::new))
        .update();
  }

  /**
   * The ids of accounts by their handles; a handle that nobody has is absent.
   *
   * @param sql the transaction to look in
   */
  public Map<String, Long> idsByHandle(JdbcClient sql, Set<String> handles) {
    Map<String, Long> ids = new HashMap<>();
    sql.sql("select handle, id from account where handle = any(:handles)")
        .param("handles", handles.toArray(String[]::new))
        .query(
            row -> {
              ids.put(row.getString("handle"), row.getLong("id"));
            });
    return ids;
  }

  private static User user(ResultSet row, int index) throws SQLException {
    Instant created = row.getObject("created_at", OffsetDateTime.class).toInstant();
    return User.newBuilder()
        .setId(row.getLong("id"))
        .setHandle(row.getString("handle"))
        .setDisplayName(row.getString("display_name"))
        .setCreatedAt(
            Timestamp.newBuilder().setSeconds(created.getEpochSecond()).setNanos(created.getNano()))
        .build();
  }

  @Override
  public void close() {
    cache.close();
  }
}
