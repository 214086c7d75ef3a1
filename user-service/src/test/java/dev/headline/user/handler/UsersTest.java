package dev.headline.user.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.RequestContext;
import dev.headline.user.v1.ImportUsersResponse;
import dev.headline.user.v1.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the contract says of people. */
@WithServers
class UsersTest {

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
  void usersAreReadAsImportedAndUnknownOnesAreAbsent() {
    List<Long> ids = service.importUsers("ada", "grace").getIdsList();

    assertThat(service.batchGet(ids.get(0), ids.get(1), ids.get(0), 404L))
        .extracting(User::getId, User::getHandle, User::getDisplayName)
        .containsExactlyInAnyOrder(
            tuple(ids.get(0), "ada", "The ada"), tuple(ids.get(1), "grace", "The grace"));
  }

  @Test
  void repeatingABatchChangesNothing() {
    ImportUsersResponse first = service.importUsers("ada", "grace");
    ImportUsersResponse second = service.importUsers("grace", "linus", "ada");

    assertThat(first.getCreated()).isEqualTo(2);
    assertThat(second.getCreated()).isEqualTo(1);
    assertThat(second.getIds(0)).isEqualTo(first.getIds(1));
    assertThat(second.getIds(2)).isEqualTo(first.getIds(0));
  }

  @Test
  void aHandleThatIsTwiceInABatchIsOneUser() {
    ImportUsersResponse response = service.importUsers("ada", "grace", "ada");

    assertThat(response.getCreated()).isEqualTo(2);
    assertThat(response.getIds(2)).isEqualTo(response.getIds(0));
    assertThat(response.getIds(1)).isNotEqualTo(response.getIds(0));
  }

  @Test
  void batchesWithTheSameHandlesInAnyOrderDoNotLockEachOtherOut() {
    for (int round = 0; round < 20; round++) {
      List<String> handles = handles(round);
      var batches =
          IntStream.range(0, 4)
              .mapToObj(
                  _ -> {
                    List<String> shuffled = new ArrayList<>(handles);
                    Collections.shuffle(shuffled);
                    String[] batch = shuffled.toArray(String[]::new);
                    return RequestContext.current().fork(() -> service.importUsers(batch));
                  })
              .toList();

      assertThat(batches.stream().mapToInt(batch -> batch.join().getCreated()).sum())
          .isEqualTo(handles.size());
    }
  }

  @Test
  void charactersAreCountedNotCodeUnits() {
    assertThat(service.importUser("ada", "🦊".repeat(80)).getCreated()).isEqualTo(1);
  }

  private static List<String> handles(int round) {
    return IntStream.range(0, 500).mapToObj(i -> "user-%d-%d".formatted(round, i)).toList();
  }
}
