package dev.headline.user.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract says of who follows whom. */
@WithServers
class FollowsTest {

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
  void followsAreListedNewestFirst() {
    List<Long> ids = service.importUsers("ada", "grace", "linus", "james").getIdsList();
    service.follow(ids.get(0), ids.get(2), ids.get(3));
    service.follow(ids.get(0), ids.get(1));

    assertThat(service.following(ids.get(0), 0))
        .containsExactly(ids.get(1), ids.get(3), ids.get(2));
    assertThat(service.following(ids.get(0), 1)).containsExactly(ids.get(1));
    assertThat(service.following(404, 0)).isEmpty();
  }

  @Test
  void aFollowThatExistsStaysAsItIs() {
    List<Long> ids = service.importUsers("ada", "grace", "linus").getIdsList();

    assertThat(service.follow(ids.get(0), ids.get(1), ids.get(1))).isEqualTo(1);
    assertThat(service.follow(ids.get(0), ids.get(2), ids.get(1))).isEqualTo(1);
    assertThat(service.following(ids.get(0), 0)).containsExactly(ids.get(2), ids.get(1));
  }

  @Test
  void aFollowOfNobodyRefusesTheWholeBatch() {
    List<Long> ids = service.importUsers("ada", "grace").getIdsList();

    RpcException refused =
        catchThrowableOfType(RpcException.class, () -> service.follow(ids.get(0), ids.get(1), 404));

    assertThat(refused.code()).isEqualTo(RpcCode.FAILED_PRECONDITION);
    assertThat(service.following(ids.get(0), 0)).isEmpty();
  }
}
