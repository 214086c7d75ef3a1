package dev.headline.user.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisProbe;
import dev.headline.infra.redis.RedisSettings;
import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import dev.headline.user.v1.User;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users and follows cost when they are read again, and what a write does to that. */
@WithServers
class UserCacheTest {

  private TestFolder folder;
  private Redis server;
  private RedisProbe probe;
  private Service service;

  @BeforeEach
  void open(PostgresCluster cluster, FreshDatabase database) {
    folder = TestFolder.create();
    server = Redis.start(RedisSettings.in(folder.path()));
    probe = new RedisProbe(server);
    service = new Service(cluster, database, server.uri());
    service.awaitRedis();
  }

  @AfterEach
  void close() {
    service.close();
    server.close();
    folder.close();
  }

  @Test
  void aWarmBatchIsOneCommandAndNoStatement() {
    List<Long> ids = people(20);
    warm(() -> read(ids));
    probe.resetCounts();
    double statements = statements();

    assertThat(read(ids)).hasSize(20);

    assertThat(probe.calls("mget")).isEqualTo(1);
    assertThat(statements()).isEqualTo(statements);
  }

  @Test
  void aWarmListOfFollowsIsOneCommandAndNoStatementWhateverItsLimit() {
    List<Long> ids = people(4);
    follow(ids.get(0), ids.get(1), ids.get(2), ids.get(3));
    warm(() -> following(ids.getFirst(), 10));
    assertThat(following(ids.getFirst(), 10)).containsExactly(ids.get(3), ids.get(2), ids.get(1));
    probe.resetCounts();
    double statements = statements();

    assertThat(following(ids.getFirst(), 2)).containsExactly(ids.get(3), ids.get(2));

    assertThat(probe.calls("mget")).isEqualTo(1);
    assertThat(statements()).isEqualTo(statements);
  }

  @Test
  void aFollowIsSeenByEverybodyAtOnce() {
    List<Long> ids = people(3);
    warm(() -> following(ids.getFirst(), 10));
    assertThat(following(ids.getFirst(), 10)).isEmpty();

    follow(ids.get(0), ids.get(1));
    assertThat(following(ids.getFirst(), 10)).containsExactly(ids.get(1));
    warm(() -> following(ids.getFirst(), 10));

    follow(ids.get(0), ids.get(2));
    assertThat(following(ids.getFirst(), 10)).containsExactly(ids.get(2), ids.get(1));
  }

  @Test
  void aUserWhoWasNotThereIsSeenOnceHeIs() {
    long first = people(1).getFirst();
    warm(() -> read(List.of(first + 1)));
    somebody(
        () -> service.router.commit(sql -> sql.sql("update account set id = id + 1").update()));
    assertThat(read(List.of(first + 1))).as("that he is not there is kept").isEmpty();

    people(1);

    assertThat(read(List.of(first + 1))).hasSize(1);
  }

  @Test
  void withoutRedisItIsReadAndWrittenAllTheSame() {
    List<Long> ids = people(3);
    read(ids);
    server.kill();

    assertThat(read(ids)).hasSize(3);
    follow(ids.get(0), ids.get(1));
    service.settle();
    assertThat(following(ids.getFirst(), 10)).containsExactly(ids.get(1));
  }

  private List<Long> people(int count) {
    String[] handles =
        IntStream.range(0, count).mapToObj(number -> "person-" + number).toArray(String[]::new);
    return somebody(() -> service.importUsers(handles)).getIdsList();
  }

  private List<User> read(List<Long> ids) {
    return somebody(() -> service.batchGet(ids));
  }

  private void follow(long follower, long... followees) {
    somebody(() -> service.follow(follower, followees));
  }

  private List<Long> following(long user, int limit) {
    return somebody(() -> service.followingNow(user, limit));
  }

  /** A reader or writer of whom nothing is known. */
  private static <T> T somebody(Supplier<T> asks) {
    try (Scope request = RequestContext.open(Caller.UNKNOWN, Duration.ofSeconds(10))) {
      return request.context().call(asks);
    }
  }

  /**
   * Reads until that costs no statement. Right after a write that takes a moment: until replicas
   * are known to show it, the primary answers and nothing is kept.
   */
  private void warm(Runnable read) {
    await()
        .until(
            () -> {
              double before = statements();
              read.run();
              return statements() == before;
            });
  }

  private double statements() {
    return service.meters.find("headline.data.route").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
