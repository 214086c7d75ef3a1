package dev.headline.loadtest;

import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.Random;

/**
 * Visitors who read the feed, turn the page, and open what is popular together with its comments.
 *
 * <pre>{@code
 * mvn -pl loadtest gatling:test -Dgatling.simulationClass=dev.headline.loadtest.FeedSimulation \
 *     -Dheadline.rate=50 -Dheadline.duration=60
 * }</pre>
 *
 * A visit is three to four requests. An answer that lacks something counts as failed, although its
 * status is 200: what is left out may not make a platform look fast.
 */
public final class FeedSimulation extends Simulation {

  private static final long SEED = 1;
  private static final Duration LAST_VISITS = Duration.ofSeconds(30);
  private static final double MOST_FAILED_PERCENT = 0.1;
  private static final int SLOWEST_P99_MILLIS = 800;
  private static final double TURN_THE_PAGE_PERCENT = 50;

  private static final CheckBuilder OK = status().is(200);
  private static final CheckBuilder COMPLETE = jsonPath("$.meta.degraded[*].field").count().is(0);

  private final LoadSettings settings = LoadSettings.from(System.getProperties());

  private final HttpProtocolBuilder gateway =
      http.baseUrl(settings.baseUrl().toString())
          .acceptHeader("application/json")
          .disableFollowRedirect();

  private final ChainBuilder readFeed =
      exec(
          http("feed")
              .get("/api/v1/feed")
              .queryParam("limit", 20)
              .check(OK, COMPLETE, jsonPath("$.items[0].id").exists())
              .check(jsonPath("$.next_cursor").optional().saveAs("cursor")));

  private final ChainBuilder turnThePage =
      doIf(session -> session.contains("cursor"))
          .then(
              exec(
                  http("feed, next page")
                      .get("/api/v1/feed")
                      .queryParam("limit", 20)
                      .queryParam("cursor", "#{cursor}")
                      .check(OK, COMPLETE)));

  private final ChainBuilder readContent =
      feed(new ZipfIds(FeedIds.newest(settings.baseUrl()), new Random(SEED)))
          .exec(http("content").get("/api/v1/contents/#{contentId}").check(OK, COMPLETE))
          .exec(
              http("comments")
                  .get("/api/v1/contents/#{contentId}/comments")
                  .queryParam("limit", 20)
                  .check(OK, COMPLETE));

  private final ScenarioBuilder visit =
      scenario("Visit")
          .exec(readFeed)
          .pause(Duration.ofMillis(200), Duration.ofSeconds(1))
          .randomSwitch()
          .on(percent(TURN_THE_PAGE_PERCENT).then(turnThePage))
          .pause(Duration.ofMillis(200), Duration.ofSeconds(1))
          .exec(readContent);

  /** Reads what there is to visit, so the platform has to run by now. */
  public FeedSimulation() {
    setUp(
            visit.injectOpen(
                rampUsersPerSec(1).to(settings.rate()).during(settings.ramp()),
                constantUsersPerSec(settings.rate()).during(settings.duration())))
        .protocols(gateway)
        .maxDuration(settings.ramp().plus(settings.duration()).plus(LAST_VISITS))
        .assertions(
            global().failedRequests().percent().lt(MOST_FAILED_PERCENT),
            global().responseTime().percentile4().lt(SLOWEST_P99_MILLIS));
  }
}
