package dev.headline.content.logic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.content.ContentDatabase;
import dev.headline.content.dal.Articles;
import dev.headline.content.dal.Changes;
import dev.headline.content.dal.ContentChange;
import dev.headline.content.dal.NewArticle;
import dev.headline.content.dal.Position;
import dev.headline.data.ReplicaRouter;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@WithServers
class FollowChangesTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private ReplicaRouter router;
  private Articles articles;
  private FollowChanges follow;
  private ImportContents importContents;

  @BeforeEach
  void open(FreshDatabase database) {
    router = ContentDatabase.open(database, meters);
    follow = new FollowChanges(new Changes(router), Duration.ofMillis(50));
    articles = ContentDatabase.uncached(router);
    importContents = new ImportContents(router, articles);
  }

  @AfterEach
  void close() {
    articles.close();
    router.close();
  }

  @Test
  void whoWaitsHearsOfNewsSoon() {
    try (var scope = RequestContext.open(Caller.UNKNOWN, LONG)) {
      Fork<List<ContentChange>> reader =
          scope.context().fork(() -> follow.after(Position.START, 10, LONG));
      importContents.run(List.of(article("first")));
      long committed = System.nanoTime();

      assertThat(reader.join()).hasSize(1);
      assertThat(elapsedSince(committed)).isLessThan(LONG.dividedBy(2));
    }
  }

  @Test
  void withNoNewsTheAnswerIsEmptyAfterTheWait() {
    long start = System.nanoTime();

    assertThat(follow.after(Position.START, 10, Duration.ofMillis(200))).isEmpty();

    assertThat(elapsedSince(start)).isBetween(Duration.ofMillis(199), LONG.dividedBy(2));
  }

  @Test
  void whoDoesNotWaitIsAnsweredAtOnce() {
    assertThat(follow.after(Position.START, 10, Duration.ZERO)).isEmpty();
  }

  @Test
  void aRequestThatIsCancelledEndsAtOnce() {
    var scope = RequestContext.open(Caller.UNKNOWN, LONG);
    var slow = new FollowChanges(new Changes(router), LONG);
    var ended = new CompletableFuture<RpcCode>();
    // Completed by the work itself, because a join would end with the request in any case.
    scope.context().fork(() -> ended.complete(codeOf(() -> slow.after(Position.START, 10, LONG))));

    await()
        .until(
            () -> meters.get("headline.data.route").tag("reason", "latest").counter().count() == 1);

    scope.cancel("the client left");

    assertThat(ended).succeedsWithin(LONG.dividedBy(2)).isEqualTo(RpcCode.CANCELLED);
  }

  @Test
  void oneImportIsOneChangePerNewContent() {
    importContents.run(List.of(article("first"), article("second")));
    importContents.run(List.of(article("second"), article("third"), article("third")));

    // Any transaction that still runs holds back what came after it.
    await()
        .untilAsserted(
            () -> assertThat(follow.after(Position.START, 10, Duration.ZERO)).hasSize(3));
  }

  private static RpcCode codeOf(Runnable work) {
    try {
      work.run();
      return RpcCode.OK;
    } catch (RpcException e) {
      return e.code();
    }
  }

  private static NewArticle article(String key) {
    return new NewArticle(key, 1, "A title", "", "", Instant.EPOCH);
  }

  private static Duration elapsedSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
