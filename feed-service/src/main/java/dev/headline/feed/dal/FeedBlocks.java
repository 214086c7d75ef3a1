package dev.headline.feed.dal;

import dev.headline.data.ReplicaRouter;
import dev.headline.data.WalPosition;
import dev.headline.data.cache.CacheAside;
import dev.headline.data.cache.CachePolicy;
import dev.headline.data.cache.CachedKind;
import dev.headline.data.cache.Form;
import dev.headline.data.cache.SharedRedis;
import dev.headline.data.paging.Keyset;
import dev.headline.feed.dal.BlockKey.Author;
import dev.headline.feed.dal.BlockKey.Everybody;
import dev.headline.feed.v1.FeedBlock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The beginning of each list, cached: of all entries, and of those of each author. The first pages
 * of a feed are put together from these, with one question to the cache; what lies behind them is
 * in {@link FeedEntries}.
 *
 * <p>There is a block for each author and none for each reader, because whoever applies a change
 * knows whose entries it adds, and not who follows him. So each change makes void exactly what it
 * changes.
 *
 * <p>Safe for use by many threads.
 */
public final class FeedBlocks implements AutoCloseable {

  /** Of how many authors a feed is put together here; more are less work for the database. */
  public static final int MOST_AUTHORS = 200;

  /** The largest page, and one more, which tells that there is another. */
  private static final int OF_EVERYBODY = 101;

  /** The usual page, and one more: enough if all of it is by this author. */
  private static final int OF_AUTHOR = 21;

  /** To be raised with any change to the message that old readers or old entries would mind. */
  private static final int SCHEMA = 1;

  private static final BlockKey EVERYBODY = new Everybody();

  private final CacheAside<BlockKey, Block> cache;

  /**
   * @param router where reads go that the cache cannot answer
   * @param redis where the cache is
   * @param meters where its reads are counted
   */
  public FeedBlocks(ReplicaRouter router, SharedRedis redis, MeterRegistry meters) {
    this.cache =
        new CacheAside<>(
            new CachedKind<>(
                "feed",
                "block",
                SCHEMA,
                BlockKey::text,
                new Form<>(FeedBlock.parser(), Block::message, Block::of)),
            (keys, atLeast) -> router.snapshot(atLeast, sql -> read(sql, keys)),
            CachePolicy.DEFAULT,
            router.session()::written,
            redis,
            meters);
  }

  /**
   * A part of the newest entries of all authors.
   *
   * @param after where to go on; null for the beginning
   * @param limit at most so many; positive
   * @return none if some of it may lie behind what is kept
   */
  public Optional<List<FeedEntry>> newest(@Nullable Keyset after, int limit) {
    return Block.part(cache.load(Set.of(EVERYBODY)).values(), after, limit);
  }

  /**
   * A part of the newest entries of some authors.
   *
   * @param authorIds each of them once, at most {@value #MOST_AUTHORS}
   * @param after where to go on; null for the beginning
   * @param limit at most so many; positive
   * @return none if some of it may lie behind what is kept
   */
  public Optional<List<FeedEntry>> newestBy(
      Collection<Long> authorIds, @Nullable Keyset after, int limit) {
    Set<BlockKey> keys = HashSet.newHashSet(authorIds.size());
    authorIds.forEach(id -> keys.add(new Author(id)));
    return Block.part(cache.load(keys).values(), after, limit);
  }

  /** Makes entries seen that were added; to be called after the commit. */
  void added(Collection<Long> authorIds, WalPosition committedAt) {
    if (authorIds.isEmpty()) {
      return;
    }
    Set<BlockKey> keys = HashSet.newHashSet(authorIds.size() + 1);
    keys.add(EVERYBODY);
    authorIds.forEach(id -> keys.add(new Author(id)));
    cache.invalidate(keys, committedAt);
  }

  private static Map<BlockKey, Block> read(JdbcClient sql, Set<BlockKey> keys) {
    Map<BlockKey, Block> blocks = new HashMap<>();
    List<Long> authorIds = new ArrayList<>();
    for (BlockKey key : keys) {
      switch (key) {
        case Everybody _ ->
            blocks.put(key, block(FeedEntries.newest(sql, null, OF_EVERYBODY), OF_EVERYBODY));
        case Author(long id) -> authorIds.add(id);
      }
    }
    if (!authorIds.isEmpty()) {
      FeedEntries.ofEach(sql, authorIds, OF_AUTHOR)
          .forEach((id, entries) -> blocks.put(new Author(id), block(entries, OF_AUTHOR)));
    }
    return blocks;
  }

  private static Block block(List<FeedEntry> entries, int limit) {
    return new Block(entries, entries.size() < limit);
  }

  @Override
  public void close() {
    cache.close();
  }
}
