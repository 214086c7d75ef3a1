package dev.headline.content.dal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.content.ContentDatabase;
import dev.headline.content.dal.ContentChange.Published;
import dev.headline.data.ReplicaRouter;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions interleaved by hand: whatever the order of commits, a reader misses nothing. */
@WithServers
class ChangesTest {

  private ReplicaRouter router;
  private Changes changes;
  private Connection early;
  private Connection late;

  @BeforeEach
  void open(FreshDatabase database) throws SQLException {
    router = ContentDatabase.open(database);
    changes = new Changes(router);
    early = transaction(database);
    late = transaction(database);
  }

  @AfterEach
  void close() throws SQLException {
    early.close();
    late.close();
    router.close();
  }

  @Test
  void whatCommitsLastButBeganFirstIsNotSkipped() throws SQLException {
    publish(early, 1);
    publish(late, 2);
    late.commit();
    assertThat(read(Position.START)).as("held back: the first is undecided").isEmpty();

    early.commit();

    awaitReading(Position.START, 1L, 2L);
  }

  @Test
  void aReaderWhoHasGoneOnMissesNothingThatCommitsLater() throws SQLException {
    publish(early, 1);
    publish(late, 2);
    publish(late, 3);
    late.commit();
    Position seen = lastOf(changes.after(Position.START, 10), Position.START);
    publish(early, 4);
    early.commit();

    awaitReading(seen, 1L, 4L, 2L, 3L);
  }

  @Test
  void whatWasRolledBackIsNeitherShownNorWaitedFor() throws SQLException {
    publish(early, 1);
    publish(late, 2);
    late.commit();
    early.rollback();

    awaitReading(Position.START, 2L);
  }

  @Test
  void aPositionSplitsATransactionWithoutLossOrRepetition() throws SQLException {
    for (long content = 1; content <= 5; content++) {
      publish(early, content);
    }
    early.commit();
    awaitReading(Position.START, 1L, 2L, 3L, 4L, 5L);

    List<ContentChange> first = changes.after(Position.START, 2);
    List<ContentChange> second = changes.after(lastOf(first, Position.START), 2);
    List<ContentChange> third = changes.after(lastOf(second, Position.START), 2);

    assertThat(ids(first)).containsExactly(1L, 2L);
    assertThat(ids(second)).containsExactly(3L, 4L);
    assertThat(ids(third)).containsExactly(5L);
    assertThat(changes.after(lastOf(third, Position.START), 2)).isEmpty();
  }

  @Test
  void aPositionReadsAsItWasPrinted() {
    var position = new Position(4_711, 8);

    assertThat(Position.parse(position.toString())).contains(position);
    assertThat(Position.parse("")).contains(Position.START);
    assertThat(Position.parse("4711.8; drop table content")).isEmpty();
    assertThat(Position.parse("9".repeat(19) + ".1")).isEmpty();
  }

  /** Any other transaction of the cluster holds back what came after it, until it ends. */
  private void awaitReading(Position position, Long... contents) {
    await().untilAsserted(() -> assertThat(read(position)).containsExactly(contents));
  }

  private List<Long> read(Position position) {
    return ids(changes.after(position, 10));
  }

  private static List<Long> ids(List<ContentChange> changes) {
    return changes.stream()
        .map(
            change ->
                switch (change) {
                  case Published published -> published.contentId();
                })
        .toList();
  }

  private static Position lastOf(List<ContentChange> changes, Position otherwise) {
    return changes.isEmpty() ? otherwise : changes.getLast().position();
  }

  private static void publish(Connection connection, long content) throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            insert into content_change (kind, content_id, author_id, published_at)
            values ('published', ?, 1, now())
            """)) {
      insert.setLong(1, content);
      insert.executeUpdate();
    }
  }

  private static Connection transaction(FreshDatabase database) throws SQLException {
    Connection connection =
        DriverManager.getConnection(database.primaryUrl(), database.role(), database.password());
    connection.setAutoCommit(false);
    return connection;
  }
}
