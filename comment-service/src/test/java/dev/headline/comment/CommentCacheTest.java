package dev.headline.comment;

import static dev.headline.comment.Running.comment;
import static dev.headline.comment.Running.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.ImportCommentsRequest;
import dev.headline.comment.v1.NewComment;
import dev.headline.comment.v1.TopComments;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisProbe;
import dev.headline.infra.redis.RedisSettings;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What top comments cost when they are read again, and what a write does to that. */
@WithServers
class CommentCacheTest {

  private TestFolder folder;
  private Redis server;
  private RedisProbe probe;
  private Running service;

  @BeforeEach
  void open(PostgresCluster cluster, FreshDatabase database) throws IOException {
    folder = TestFolder.create();
    server = Redis.start(RedisSettings.in(folder.path()));
    probe = new RedisProbe(server);
    service = new Running(cluster, database, server.uri());
    database.asOwner("truncate comment, content_comment_count");
    service.awaitRedis();
  }

  @AfterEach
  void close() {
    service.close();
    server.close();
    folder.close();
  }

  @Test
  void aWarmBatchIsOneCommandAndNoStatementWhateverIsAskedOfEach() {
    List<Long> contents = LongStream.rangeClosed(1, 20).boxed().toList();
    write(comment(1, "a", 1), comment(1, "b", 2), reply(1, "c", "a"));
    warm(() -> tops(contents, 3));
    probe.resetCounts();
    double statements = statements();

    TopComments first =
        tops(contents, 1).stream().filter(top -> top.getContentId() == 1).findFirst().orElseThrow();

    assertThat(first.getCommentCount()).isEqualTo(3);
    assertThat(first.getCommentsList()).singleElement().matches(top -> top.getText().equals("a"));
    assertThat(probe.calls("mget")).isEqualTo(1);
    assertThat(statements()).isEqualTo(statements);
  }

  @Test
  void aCommentAndAReplyAreSeenByEverybodyAtOnce() {
    warm(() -> top(1));
    assertThat(top(1).getCommentCount()).isZero();

    write(comment(1, "a", 1));
    assertThat(top(1).getCommentCount()).isEqualTo(1);
    warm(() -> top(1));

    write(reply(1, "b", "a"));
    assertThat(top(1).getComments(0).getReplyCount()).isEqualTo(1);
  }

  @Test
  void withoutRedisItIsReadAndWrittenAllTheSame() {
    write(comment(1, "a", 1));
    top(1);
    server.kill();

    service.settle();
    assertThat(top(1).getCommentCount()).isEqualTo(1);
    service.add(comment(1, "b", 2));
    assertThat(top(1).getCommentCount()).isEqualTo(2);
  }

  private void write(NewComment... comments) {
    var request = ImportCommentsRequest.newBuilder().addAllComments(List.of(comments)).build();
    assertThat(service.stub.importComments(request).getCreated()).isEqualTo(comments.length);
  }

  private TopComments top(long contentId) {
    return tops(List.of(contentId), 3).getFirst();
  }

  private List<TopComments> tops(List<Long> contentIds, int perContent) {
    var request =
        BatchTopRequest.newBuilder().addAllContentIds(contentIds).setPerContent(perContent).build();
    return service.stub.batchTop(request).getTopsList();
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
