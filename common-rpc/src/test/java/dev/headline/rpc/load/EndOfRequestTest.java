package dev.headline.rpc.load;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.sub;
import static dev.headline.rpc.load.LoadGraph.subMany;
import static dev.headline.rpc.load.LoadRunnerTest.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loaders that are held here do not listen: they end with the test, not with the request. */
@Timeout(20)
class EndOfRequestTest {

  private final Site site = new Site();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    never.countDown();
  }

  @Test
  void theDeadlineEndsTheRunWithWhatHasCome() {
    site.comments.stubbornUntil(never);
    try (var request = Site.request(Duration.ofSeconds(1))) {
      Loaded loaded = Site.within(request, aside(), keys(1, 3));

      assertThat(loaded.all(Site.AUTHOR)).hasSize(3);
      assertThat(loaded.outcome(Site.COMMENTS)).isEqualTo(Outcome.LATE);
      assertThat(loaded.outcome(Site.COMMENTER)).isEqualTo(Outcome.LATE);
      assertThat(loaded.isMissing(Site.COMMENTER, 7L)).isTrue();
      String reason = "The deadline of the request has passed";
      assertThat(loaded.missing())
          .containsExactly(
              new Missing("Content.Comment_Info", 3, RpcCode.DEADLINE_EXCEEDED, reason),
              new Missing("Content.Comment.User_Info", 0, RpcCode.DEADLINE_EXCEEDED, reason));
    }
  }

  @Test
  void whatComesAfterTheEndChangesNothing() {
    site.comments.stubbornUntil(never);
    try (var request = Site.request(Duration.ofSeconds(1))) {
      Loaded loaded = Site.within(request, aside(), keys(1, 3));

      never.countDown();

      await().until(() -> !site.comments.threads.getFirst().isAlive());
      assertThat(loaded.all(Site.COMMENTS)).isEmpty();
      assertThat(site.commenters.calls).isEmpty();
    }
  }

  @Test
  void withoutTheRootTheDeadlineThrows() {
    site.contents.stubbornUntil(never);
    try (var request = Site.request(Duration.ofMillis(50))) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> Site.within(request, aside(), keys(1, 3)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED));
    }
  }

  @Test
  void aLoadThatFailsBecauseTheRequestEndedIsLate() {
    site.comments.before(keys -> awaitEnd());
    try (var request = Site.request(Duration.ofSeconds(1))) {
      Loaded loaded = Site.within(request, site.graph(100), keys(1, 3));

      assertThat(loaded.all(Site.CONTENT)).hasSize(3);
      assertThat(loaded.outcome(Site.COMMENTS)).isEqualTo(Outcome.LATE);
    }
  }

  @Test
  void aClientThatLeavesEndsTheRun() throws Exception {
    site.comments.stubbornUntil(never);
    try (var request = Site.request(Duration.ofMinutes(1));
        var observer = Site.request(Duration.ofMinutes(1))) {
      var run = observer.context().fork(() -> Site.within(request, aside(), keys(1, 3)));
      site.comments.started.await();

      request.cancel("The client has left");

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(run::join)
          .satisfies(e -> assertThat(e.code()).isEqualTo(RpcCode.CANCELLED));
      assertThat(site.comments.threads.getFirst().isInterrupted()).isFalse();
    }
  }

  @Test
  void aRequestThatIsOverStartsNothing() {
    try (var request = Site.request(Duration.ofMinutes(1))) {
      request.cancel("The client has left");

      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> Site.within(request, site.graph(100), keys(1, 3)))
          .satisfies(e -> assertThat(e.code()).isEqualTo(RpcCode.CANCELLED));
      assertThat(site.contents.calls).isEmpty();
    }
  }

  @Test
  void theRootsFailureCancelsTheOthersAndDoesNotWaitForThem() throws Exception {
    var failure = new RpcException(RpcCode.UNAVAILABLE, "No instance of content-service");
    var cancelled = new CountDownLatch(1);
    site.comments.before(
        keys -> {
          var _ = RequestContext.current().onCancel(cancelled::countDown);
          awaitUninterruptibly(never);
        });
    site.contents.before(
        keys -> {
          awaitUninterruptibly(site.comments.started);
          throw failure;
        });

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> Site.run(aside(), Set.of(1L), "Content.Comment_Info"))
        .isSameAs(failure);
    cancelled.await();
  }

  private LoadGraph<Long> aside() {
    return LoadGraph.of(
        basic(Site.CONTENT, site.contents).aside(),
        basic(Site.COMMENTS, site.comments).aside(),
        sub(Site.AUTHOR, Site.CONTENT, Site.Content::author, site.authors),
        subMany(Site.COMMENTER, Site.COMMENTS, Site.Comments::authors, site.commenters));
  }

  private static void awaitEnd() {
    var ended = new CountDownLatch(1);
    try (var _ = RequestContext.current().onCancel(ended::countDown)) {
      awaitUninterruptibly(ended);
    }
    throw new RpcException(RpcCode.UNAVAILABLE, "The connection was closed");
  }
}
