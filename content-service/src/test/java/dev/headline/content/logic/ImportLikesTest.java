package dev.headline.content.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.content.ContentDatabase;
import dev.headline.content.dal.Articles;
import dev.headline.content.dal.Likes;
import dev.headline.content.dal.NewArticle;
import dev.headline.content.dal.NewLike;
import dev.headline.data.ReplicaRouter;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers
class ImportLikesTest {

  private ReplicaRouter router;
  private Articles articles;
  private ImportLikes importLikes;
  private List<Long> contents;

  @BeforeEach
  void open(FreshDatabase database) {
    router = ContentDatabase.open(database);
    articles = ContentDatabase.uncached(router);
    importLikes = new ImportLikes(router, new Likes(), articles);
    contents =
        new ImportContents(router, articles)
            .run(Stream.of("a", "b", "c").map(ImportLikesTest::article).toList())
            .ids();
  }

  @AfterEach
  void close() {
    articles.close();
    router.close();
  }

  @Test
  void aLikeCountsOnce() {
    var like = new NewLike(contents.getFirst(), 1);

    assertThat(importLikes.run(List.of(like, like))).isEqualTo(1);
    assertThat(importLikes.run(List.of(like, new NewLike(contents.getFirst(), 2)))).isEqualTo(1);
    assertThat(shown()).isEqualTo(2);
    assertThat(counted()).isEqualTo(2);
  }

  @Test
  void aLikeOfNothingRefusesTheWholeBatch() {
    assertThatThrownBy(
            () ->
                importLikes.run(List.of(new NewLike(contents.getFirst(), 1), new NewLike(404, 1))))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.code()).isEqualTo(RpcCode.FAILED_PRECONDITION))
        .hasMessage("1 of the contents to like do not exist");
    assertThat(counted()).isZero();
  }

  /** Overlapping batches in random order, all at once: no deadlock, and the count is exact. */
  @Test
  void theCountIsExactHoweverManyLikeAtOnce() {
    List<Fork<Integer>> batches =
        IntStream.range(0, 40)
            .mapToObj(seed -> RequestContext.current().fork(() -> importLikes.run(batch(seed))))
            .toList();

    int created = batches.stream().mapToInt(Fork::join).sum();

    assertThat(counted()).isEqualTo(created);
    assertThat(shown()).isEqualTo(created);
  }

  private List<NewLike> batch(int seed) {
    var random = new Random(seed);
    return IntStream.range(0, 300)
        .mapToObj(_ -> new NewLike(contents.get(random.nextInt(3)), 1 + random.nextInt(2_000)))
        .toList();
  }

  private long counted() {
    return number("select count(*) from content_like");
  }

  private long shown() {
    return number("select sum(like_count)::bigint from content");
  }

  private long number(String query) {
    return router.primary().sql(query).query(Long.class).single();
  }

  private static NewArticle article(String key) {
    return new NewArticle(key, 1, "A title", "", "", Instant.EPOCH);
  }
}
