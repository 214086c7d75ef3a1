package dev.headline.user.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract rules out. */
@WithServers
class RefusedRequestsTest {

  private Service service;

  @BeforeEach
  void open(FreshDatabase database, PostgresCluster cluster) {
    service = new Service(cluster, database);
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void whatBreaksALimitIsRefusedBeforeTheDatabaseIsAsked() {
    service.close();

    assertRefused(() -> service.batchGet(0L), "ids must be positive");
    assertRefused(
        () ->
            service.batchGet(IntStream.range(1, 502).mapToObj(Long::valueOf).toArray(Long[]::new)),
        "ids may have at most 500");
    assertRefused(() -> service.importUsers("Ada"), "users.handle");
    assertRefused(() -> service.importUsers("a".repeat(33)), "users.handle");
    assertRefused(() -> service.importUser("ada", ""), "users.display_name must have 1 to 80");
    assertRefused(() -> service.importUser("ada", "\0"), "users.display_name must not contain NUL");
    assertRefused(() -> service.follow(1, 1), "cannot follow themselves");
    assertRefused(() -> service.following(1, 5_001), "limit must be 1 to 5000");
    assertRefused(() -> service.following(1, -1), "limit must be 1 to 5000");
  }

  private static void assertRefused(ThrowingCallable call, String sentence) {
    RpcException refused = catchThrowableOfType(RpcException.class, call);
    assertThat(refused).hasMessageContaining(sentence);
    assertThat(refused.code()).isEqualTo(RpcCode.INVALID_ARGUMENT);
  }
}
