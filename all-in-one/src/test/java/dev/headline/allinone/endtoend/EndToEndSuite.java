package dev.headline.allinone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.call.CallCommand;
import dev.headline.allinone.platform.FeedPage;
import dev.headline.allinone.platform.Home;
import dev.headline.allinone.platform.Modules;
import dev.headline.allinone.platform.Platform;
import dev.headline.allinone.topology.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must be the same on every topology: the page that is served, and what is counted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEndSuite {

  private static final Map<String, Long> ONE_PAGE =
      Map.of(
          "gateway/default -> feed-service/default GetFeed OK", 1L,
          "gateway/default -> content-service/default BatchGet OK", 1L,
          "gateway/default -> comment-service/default BatchTop OK", 1L,
          "gateway/default -> user-service/default BatchGet OK", 1L);

  private final Topology topology;
  private Home home;
  private Platform platform;

  EndToEndSuite(Topology topology) {
    this.topology = topology.at(0);
  }

  @BeforeAll
  void start(@TempDir Path folder) {
    home = Homes.in(folder);
    platform = Platform.start(topology, home, Modules.here(), line -> {});
    Sample.load(platform);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> page().items().size() == 3 && page().isComplete());
    Sample.warmUp(platform);
  }

  @AfterAll
  void stop() {
    if (platform != null) {
      platform.close();
    }
  }

  @Test
  void thePageIsTheSameOnEveryTopology() throws IOException {
    JsonNode page = Normalised.of(page().json());
    try (InputStream expected = EndToEndSuite.class.getResourceAsStream("page.json")) {
      assertThat(page).isEqualTo(new JsonMapper().readTree(expected));
    }
  }

  @Test
  void onePageIsFourCallsAndBothSidesCountThem() {
    CallCounts clients = CallCounts.of(platform, CallCounts.CLIENT);
    CallCounts servers = CallCounts.of(platform, CallCounts.SERVER);

    assertThat(page().isComplete()).isTrue();

    assertThat(CallCounts.of(platform, CallCounts.CLIENT).since(clients)).isEqualTo(ONE_PAGE);
    // A server counts a call when it is over for the server, which the client need not wait for.
    Awaitility.await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(CallCounts.of(platform, CallCounts.SERVER).since(servers))
                    .isEqualTo(ONE_PAGE));
  }

  @Test
  void anyMethodCanBeCalledFromAShell() {
    var out = new StringWriter();
    var all = new PrintWriter(out, true);
    var call = new CommandLine(new CallCommand()).setOut(all).setErr(all);

    int status =
        call.execute(
            "feed-service/GetFeed",
            "{\"newest\": {}, \"limit\": 2}",
            "--home",
            home.folder().toString());

    assertThat(status).as(out.toString()).isZero();
    assertThat(new JsonMapper().readTree(out.toString()).path("content_ids")).hasSize(2);
  }

  private FeedPage page() {
    return FeedPage.get(platform.baseUrl());
  }
}
