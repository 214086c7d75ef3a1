package dev.headline.rpc.load;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static com.google.common.util.concurrent.Uninterruptibles.joinUninterruptibly;
import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.sub;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LoadAnalysisTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);
  private final Site site = new Site();
  private final FakeLoader<Long, Site.Content> contents =
      new FakeLoader<>(id -> id == 30 ? null : new Site.Content(id, id % 10));

  @Test
  void anAnalysisTellsWhatHappened() {
    assertThat(run().explain())
        .hasToString(
            """
            took 7.000 ms; * is the critical path
            * Content_Info: OK, start 0.000 ms, wait 0.000 ms, took 5.000 ms, calls 1 of at most 4 \
            keys, keys 4 (0 repeated, 1 absent, 0 missing)
            *   Content.User_Info: OK, start 5.000 ms, wait 0.000 ms, took 2.000 ms, calls 1 of at \
            most 2 keys, keys 2 (1 repeated, 0 absent, 0 missing)
            """);
  }

  @Test
  void anAnalysisIsJson() {
    String json = JsonMapper.shared().writeValueAsString(run().explain().fields().getLast());

    assertThat(json)
        .isEqualTo(
            """
            {"field":"Content.User_Info","depth":1,"outcome":"OK","critical":true,\
            "startMicros":5000,"waitMicros":0,"tookMicros":2000,"calls":1,"largestBatch":2,\
            "keys":2,"repeatedKeys":1,"absentKeys":0,"missingKeys":0}""");
  }

  @Test
  void theCriticalPathLeadsToWhatEndedLast() {
    site.comments.before(
        keys -> {
          awaitUninterruptibly(site.authors.started);
          joinUninterruptibly(site.authors.threads.getFirst());
          pass(3);
        });
    LoadGraph<Long> graph =
        LoadGraph.of(
            basic(Site.CONTENT, contents),
            basic(Site.COMMENTS, site.comments),
            sub(Site.AUTHOR, Site.CONTENT, Site.Content::author, site.authors));

    Loaded loaded = new LoadRunner(nanos::get).run(graph.plan(Site.ALL.subList(0, 3)), Set.of(1L));

    assertThat(loaded.explain().fields())
        .filteredOn(LoadAnalysis.Line::critical)
        .extracting(LoadAnalysis.Line::field)
        .containsExactly("Content.Comment_Info");
  }

  private Loaded run() {
    contents.before(keys -> pass(5));
    site.authors.before(keys -> pass(2));
    var graph =
        LoadGraph.of(
            basic(Site.CONTENT, contents),
            sub(Site.AUTHOR, Site.CONTENT, Site.Content::author, site.authors));
    LoadPlan<Long> plan = graph.plan(List.of("Content.User_Info"));
    return new LoadRunner(nanos::get).run(plan, Set.of(1L, 11L, 12L, 30L));
  }

  private void pass(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }
}
