package dev.headline.user.dal;

import dev.headline.data.ReplicaRouter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of people. */
public final class Accounts {

  private final ReplicaRouter router;

  /**
   * @param router where reads go
   */
  public Accounts(ReplicaRouter router) {
    this.router = router;
  }

  /** The accounts that exist among {@code ids}, in no particular order. */
  public List<Account> get(long[] ids) {
    return router
        .read()
        .sql("select id, handle, display_name, created_at from account where id = any(:ids)")
        .param("ids", ids)
        .query(Accounts::account)
        .list();
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

  private static Account account(ResultSet row, int index) throws SQLException {
    return new Account(
        row.getLong("id"),
        row.getString("handle"),
        row.getString("display_name"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
