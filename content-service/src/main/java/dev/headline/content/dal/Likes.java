package dev.headline.content.dal;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of likes, and the number of them beside each content. */
public final class Likes {

  /**
   * Makes every other transaction that likes one of these contents wait for this one. They are
   * locked in the order of their ids, so that two transactions never wait for each other.
   *
   * @param sql the transaction
   * @param contentIds distinct
   * @return how many of the contents exist
   */
  public int lockContents(JdbcClient sql, long[] contentIds) {
    return sql.sql("select id from content where id = any(:ids) order by id for no key update")
        .param("ids", contentIds)
        .query(Long.class)
        .list()
        .size();
  }

  /**
   * Adds the likes that are missing, and as many to the count of each content.
   *
   * @param sql the transaction, which has the contents locked
   * @return how many are new
   */
  public int addMissing(JdbcClient sql, List<NewLike> likes) {
    return sql.sql(
            """
            with added as (
              insert into content_like (content_id, user_id)
              select content_id, user_id
              from unnest(:contents, :users) as new (content_id, user_id)
              on conflict do nothing
              returning content_id
            ), counted as (
              update content
              set like_count = like_count + fresh.likes
              from (select content_id, count(*) as likes from added group by content_id) as fresh
              where content.id = fresh.content_id
            )
            select count(*) from added
            """)
        .param("contents", likes.stream().mapToLong(NewLike::contentId).toArray())
        .param("users", likes.stream().mapToLong(NewLike::userId).toArray())
        .query(Integer.class)
        .single();
  }
}
