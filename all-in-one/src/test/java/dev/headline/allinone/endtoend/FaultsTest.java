package dev.headline.allinone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.platform.ChildInstance;
import dev.headline.allinone.platform.FeedPage;
import dev.headline.allinone.platform.Modules;
import dev.headline.allinone.platform.Platform;
import dev.headline.allinone.topology.Service;
import dev.headline.allinone.topology.Topology;
import dev.headline.infra.consul.Consul;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults between processes of their own, ended as a crash would end them. */
final class FaultsTest {

  private static final int PAGES = 100;

  @Test
  void pagesGoOnWithoutConsulAndWithoutOneOfTwoInstances(@TempDir Path folder) {
    Topology topology = Topology.distributed().with(Service.CONTENT, 2).at(0);
    try (Platform platform =
        Platform.start(topology, Homes.in(folder), Modules.here(), line -> {})) {
      Sample.load(platform);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> FeedPage.get(platform.baseUrl()).items().size() == 3);
      Sample.warmUp(platform);
      assertAllPagesAreComplete(platform);

      // Where there is no Consul, instances know each other from the start: as if it were dead.
      platform.servers().consul().ifPresent(Consul::kill);
      assertThat(platform.servers().consul().filter(Consul::isAlive)).isEmpty();
      assertAllPagesAreComplete(platform);

      ChildInstance victim = contentInstance(platform);
      assertThat(CallCounts.of(List.of(victim), CallCounts.SERVER).counts().values())
          .as("it had its share of the calls")
          .anyMatch(count -> count > 0);
      victim.kill();
      assertThat(victim.isAlive()).isFalse();
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(() -> FeedPage.get(platform.baseUrl()).isComplete());
      assertAllPagesAreComplete(platform);
    }
  }

  private static ChildInstance contentInstance(Platform platform) {
    return platform.instances().stream()
        .filter(instance -> instance.placement().service() == Service.CONTENT)
        .map(ChildInstance.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static void assertAllPagesAreComplete(Platform platform) {
    for (int number = 0; number < PAGES; number++) {
      FeedPage page = FeedPage.get(platform.baseUrl());
      assertThat(page).as("page %d", number).matches(FeedPage::isComplete);
      assertThat(page.items()).hasSize(3);
    }
  }
}
