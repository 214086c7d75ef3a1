package dev.headline.comment;

import static dev.headline.comment.Running.comment;
import static dev.headline.comment.Running.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.comment.v1.ImportCommentsRequest;
import dev.headline.comment.v1.NewComment;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.TestInstance;

@WithServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrentImportsTest {

  private static final int IMPORTERS = 8;
  private static final int COMMENTS = 200;

  /** Every count that differs from what it counts. */
  private static final String DIFFERENCES =
      """
      select (select count(*) from content_comment_count as counted
              where comment_count <> (select count(*) from comment
                                      where comment.content_id = counted.content_id))
           + (select count(*) from comment as parent
              where reply_count <> (select count(*) from comment
                                    where comment.parent_id = parent.id))
      """;

  /** One for all rounds: with connections that are still to be made, imports would queue. */
  private final Running service;

  ConcurrentImportsTest(PostgresCluster cluster, FreshDatabase database) throws IOException {
    service = new Running(cluster, database);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @RepeatedTest(10)
  void batchesThatOverlapNeitherFailNorMiscount(RepetitionInfo repetition) {
    String round = repetition.getCurrentRepetition() + "-";
    List<NewComment> comments = new ArrayList<>();
    List<NewComment> replies = new ArrayList<>();
    for (int i = 0; i < COMMENTS; i++) {
      int content = 1 + i % 10;
      comments.add(comment(content, round + "comment-" + i, i));
      replies.add(reply(content, round + "reply-" + i, round + "comment-" + i % 20));
    }

    List<Fork<Integer>> imports =
        IntStream.range(0, IMPORTERS)
            .mapToObj(seed -> shuffled(new Random(seed), comments, replies))
            .map(batch -> RequestContext.current().fork(() -> add(batch)))
            .toList();

    assertThat(imports.stream().mapToInt(Fork::join).sum()).isEqualTo(COMMENTS + COMMENTS);
    assertThat(service.router.primary().sql(DIFFERENCES).query(Long.class).single()).isZero();
  }

  /** All comments and then all replies, both in an order of their own. */
  private static ImportCommentsRequest shuffled(
      Random random, List<NewComment> comments, List<NewComment> replies) {
    List<NewComment> first = new ArrayList<>(comments);
    List<NewComment> then = new ArrayList<>(replies);
    Collections.shuffle(first, random);
    Collections.shuffle(then, random);
    return ImportCommentsRequest.newBuilder().addAllComments(first).addAllComments(then).build();
  }

  private int add(ImportCommentsRequest batch) {
    return service.stub.importComments(batch).getCreated();
  }
}
