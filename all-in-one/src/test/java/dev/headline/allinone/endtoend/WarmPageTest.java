package dev.headline.allinone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.platform.FeedPage;
import dev.headline.allinone.platform.Modules;
import dev.headline.allinone.platform.Platform;
import dev.headline.allinone.platform.Probe;
import dev.headline.allinone.platform.RunningInstance;
import dev.headline.allinone.topology.Service;
import dev.headline.allinone.topology.Topology;
import dev.headline.infra.redis.RedisProbe;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** What a page costs that was read before. */
final class WarmPageTest {

  private static final int PAGES = 10;

  /** The four that hold a part of the page. */
  private static final int SERVICES = 4;

  @Test
  void aWarmPageOfTwentyIsOneQuestionToRedisForEachServiceAndNoneToPostgres(@TempDir Path folder) {
    try (Platform platform =
        Platform.start(Topology.merged().at(0), Homes.in(folder), Modules.here(), line -> {})) {
      Sample.load(platform, 25);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> page(platform).items().size() == 20 && isWarm(platform));
      var redis = new RedisProbe(platform.servers().redis());
      redis.resetCounts();
      long statements = reads(platform);

      for (int number = 0; number < PAGES; number++) {
        FeedPage page = page(platform);
        assertThat(page).matches(FeedPage::isComplete);
        assertThat(page.items()).hasSize(20);
      }

      assertThat(statements).as("what was read while it was cold").isPositive();
      assertThat(reads(platform)).isEqualTo(statements);
      assertThat(redis.calls("mget")).isEqualTo(PAGES * SERVICES);
    }
  }

  private static boolean isWarm(Platform platform) {
    long before = reads(platform);
    return page(platform).isComplete() && reads(platform) == before;
  }

  private static FeedPage page(Platform platform) {
    Probe.Answer answer =
        Probe.get(platform.baseUrl() + "/api/v1/feed?limit=20", "X-Deadline-Ms", "2000");
    return new FeedPage(answer.status(), new JsonMapper().readTree(answer.body()));
  }

  /** Statements for readers: not those by which the change feed is followed, on the primary. */
  private static long reads(Platform platform) {
    return platform.instances().stream()
        .filter(instance -> instance.placement().service() != Service.GATEWAY)
        .mapToLong(WarmPageTest::reads)
        .sum();
  }

  private static long reads(RunningInstance instance) {
    String url = instance.placement().managementUrl() + "/actuator/prometheus";
    return Probe.get(url)
        .body()
        .lines()
        .filter(line -> line.startsWith("headline_data_route_total{"))
        .filter(line -> !line.contains("reason=\"latest\"") && !line.contains("reason=\"write\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
