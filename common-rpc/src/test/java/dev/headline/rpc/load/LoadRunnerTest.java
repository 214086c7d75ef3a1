package dev.headline.rpc.load;

import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.sub;
import static dev.headline.rpc.load.LoadGraph.subMany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headline.rpc.RpcException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LoadRunnerTest {

  private final Site site = new Site();

  @Test
  void aPageIsOneCallForEachField() {
    Loaded loaded = Site.run(site.graph(100), keys(1, 20), Site.ALL.toArray(String[]::new));

    assertThat(site.contents.calls).containsExactly(keys(1, 20));
    assertThat(site.comments.calls).containsExactly(keys(1, 20));
    assertThat(site.authors.calls).containsExactly(keys(0, 9));
    assertThat(site.commenters.calls).hasSize(1);
    assertThat(loaded.get(Site.CONTENT, 3L)).isEqualTo(new Site.Content(3, 3));
    assertThat(loaded.get(Site.AUTHOR, 3L)).isEqualTo("author 3");
    assertThat(loaded.get(Site.COMMENTER, 103L)).isEqualTo("commenter 103");
    assertThat(loaded.missing()).isEmpty();
  }

  @Test
  void aSlowFieldDelaysOnlyWhatNeedsIt() throws Exception {
    var gate = new CountDownLatch(1);
    site.comments.stubbornUntil(gate);
    try (var request = Site.request(Duration.ofMinutes(1))) {
      var run = request.context().fork(() -> Site.within(request, site.graph(100), keys(1, 20)));

      site.authors.started.await();

      assertThat(site.commenters.calls).isEmpty();
      gate.countDown();
      assertThat(run.join().missing()).isEmpty();
      assertThat(site.commenters.calls).hasSize(1);
    }
  }

  @Test
  void whatIsNotAskedForIsNotLoaded() {
    Loaded loaded = site.load(keys(1, 3), "Content.User_Info");

    assertThat(site.comments.calls).isEmpty();
    assertThat(loaded.all(Site.COMMENTS)).isEmpty();
    assertThat(loaded.outcome(Site.COMMENTS)).isNull();
    assertThat(loaded.isMissing(Site.COMMENTS, 1L)).isFalse();
  }

  @Test
  void aMissingKeyIsAbsent() {
    var contents = new FakeLoader<Long, Site.Content>(id -> null);
    var graph =
        LoadGraph.of(
            basic(Site.CONTENT, contents),
            sub(Site.AUTHOR, Site.CONTENT, Site.Content::author, site.authors));

    Loaded loaded = Site.run(graph, keys(1, 3), "Content.User_Info");

    assertThat(loaded.get(Site.CONTENT, 1L)).isNull();
    assertThat(loaded.isMissing(Site.CONTENT, 1L)).isFalse();
    assertThat(loaded.missing()).isEmpty();
    assertThat(loaded.outcome(Site.AUTHOR)).isEqualTo(Outcome.OK);
    assertThat(site.authors.calls).isEmpty();
  }

  @Test
  void withoutKeysThereIsNoCall() {
    Loaded loaded = Site.run(site.graph(100), Set.of(), Site.ALL.toArray(String[]::new));

    assertThat(site.contents.calls).isEmpty();
    assertThat(site.authors.calls).isEmpty();
    assertThat(loaded.outcome(Site.CONTENT)).isEqualTo(Outcome.OK);
    assertThat(loaded.missing()).isEmpty();
  }

  @Test
  void aValueMayAskForNothing() {
    var graph =
        LoadGraph.of(
            basic(Site.CONTENT, site.contents),
            subMany(Site.AUTHOR, Site.CONTENT, content -> List.of(), site.authors));

    assertThat(Site.run(graph, keys(1, 3), "Content.User_Info").missing()).isEmpty();
    assertThat(site.authors.calls).isEmpty();
  }

  @Test
  void whatNobodyAskedForIsIgnored() {
    Loader<Long, Site.Content> talkative =
        keys -> Map.of(1L, new Site.Content(1, 1), 99L, new Site.Content(99, 9));
    var graph =
        LoadGraph.of(
            basic(Site.CONTENT, talkative),
            sub(Site.AUTHOR, Site.CONTENT, Site.Content::author, site.authors));

    Loaded loaded = Site.run(graph, Set.of(1L), "Content.User_Info");

    assertThat(loaded.all(Site.CONTENT)).containsOnlyKeys(1L);
    assertThat(site.authors.calls).containsExactly(Set.of(1L));
  }

  @Test
  void aBatchAboveItsMaximumIsSplitEvenlyAndLoadedInParallel() {
    var together = new CyclicBarrier(3);
    site.contents.before(keys -> meet(together));

    Loaded loaded = Site.run(site.graph(4), keys(1, 9), "Content_Info");

    assertThat(site.contents.calls).extracting(Set::size).containsExactly(3, 3, 3);
    assertThat(loaded.all(Site.CONTENT)).containsOnlyKeys(keys(1, 9).toArray(Long[]::new));
  }

  @Test
  void theLastLoadRunsOnTheCallersThread() {
    site.load(keys(1, 3), "Content.User_Info");

    assertThat(site.contents.threads).containsExactly(Thread.currentThread());
    assertThat(site.authors.threads).containsExactly(Thread.currentThread());
  }

  @Test
  void onlyLoadsBesideEachOtherAreForked() {
    site.load(keys(1, 3), "Content.Comment_Info");

    assertThat(site.contents.threads).doesNotContain(Thread.currentThread()).hasSize(1);
    assertThat(site.comments.threads).containsExactly(Thread.currentThread());
  }

  @Test
  void aLoaderAsideIsKeptOffTheCallersThread() {
    var graph = LoadGraph.of(basic(Site.CONTENT, site.contents).aside());

    assertThat(Site.run(graph, keys(1, 3)).all(Site.CONTENT)).hasSize(3);
    assertThat(site.contents.threads).doesNotContain(Thread.currentThread()).hasSize(1);
  }

  @Test
  void aLoaderCannotChangeWhatWasAsked() {
    site.contents.before(Set::clear);

    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> site.load(keys(1, 3), "Content_Info"))
        .withMessage("UnsupportedOperationException");
  }

  @Test
  void aPlanCanBeRunAgain() {
    LoadPlan<Long> plan = site.graph(100).plan(List.of("Content.User_Info"));
    var runner = new LoadRunner();

    assertThat(runner.run(plan, Set.of(1L)).all(Site.AUTHOR)).containsOnlyKeys(1L);
    assertThat(runner.run(plan, Set.of(2L)).all(Site.AUTHOR)).containsOnlyKeys(2L);
  }

  private static void meet(CyclicBarrier together) {
    try {
      together.await();
    } catch (Exception e) {
      throw new AssertionError("The calls did not meet", e);
    }
  }

  static Set<Long> keys(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .boxed()
        .collect(Collectors.toCollection(HashSet::new));
  }
}
