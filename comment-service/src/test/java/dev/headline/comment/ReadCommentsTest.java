package dev.headline.comment;

import static dev.headline.comment.Running.comment;
import static dev.headline.comment.Running.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.Comment;
import dev.headline.comment.v1.ListCommentsResponse;
import dev.headline.comment.v1.NewComment;
import dev.headline.comment.v1.TopComments;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadCommentsTest {

  private final Running service;

  ReadCommentsTest(PostgresCluster cluster, FreshDatabase database) throws IOException {
    service = new Running(cluster, database);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void topIsMostRepliesFirstAndThenNewest() {
    long content = service.newContent();
    service.add(
        comment(content, "old", 1),
        comment(content, "discussed", 2),
        comment(content, "new", 3),
        comment(content, "newest", 4),
        reply(content, "answer", "discussed"));

    TopComments top = service.top(content);

    assertThat(texts(top.getCommentsList())).containsExactly("discussed", "newest", "new");
    assertThat(top.getCommentCount()).isEqualTo(5);
  }

  @Test
  void aBatchAnswersEveryContentOnceAndInOneRoundTrip() {
    List<Long> contents = LongStream.range(0, 20).mapToObj(_ -> service.newContent()).toList();
    service.add(
        contents.stream()
            .skip(1)
            .map(content -> comment(content, "only " + content, 1))
            .toArray(NewComment[]::new));
    double before = statements();

    var request =
        BatchTopRequest.newBuilder().addAllContentIds(contents).addAllContentIds(contents);
    List<TopComments> tops = service.stub.batchTop(request.build()).getTopsList();

    assertThat(statements() - before).isEqualTo(1);
    assertThat(tops)
        .extracting(TopComments::getContentId)
        .containsExactlyInAnyOrderElementsOf(contents);
    assertThat(tops)
        .filteredOn(top -> top.getCommentCount() == 0)
        .extracting(TopComments::getContentId)
        .containsExactly(contents.getFirst());
  }

  @Test
  void askingForNoContentAnswersNone() {
    assertThat(service.stub.batchTop(BatchTopRequest.getDefaultInstance()).getTopsList()).isEmpty();
  }

  @Test
  void aBatchOutsideItsLimitsIsRefused() {
    var good = BatchTopRequest.newBuilder().addContentIds(1).build();
    var tooMany = LongStream.rangeClosed(1, 101).boxed().toList();
    for (BatchTopRequest bad :
        List.of(
            good.toBuilder().addContentIds(0).build(),
            good.toBuilder().addAllContentIds(tooMany).build(),
            good.toBuilder().setPerContent(11).build(),
            good.toBuilder().setPerContent(-1).build())) {
      assertInvalid(() -> service.stub.batchTop(bad));
    }
  }

  @Test
  void pagesShowEveryCommentOnceWhileOthersAreWritten() {
    long content = service.newContent();
    // Three comments a second, so that pages end between comments of the same moment.
    service.add(
        IntStream.range(0, 50)
            .mapToObj(i -> comment(content, "c" + i, i / 3))
            .toArray(NewComment[]::new));

    List<String> shown = new ArrayList<>();
    String cursor = "";
    do {
      ListCommentsResponse page = service.list(content, 7, cursor);
      shown.addAll(texts(page.getCommentsList()));
      cursor = page.getNextCursor();
      service.add(comment(content, "later " + shown.size(), 100 + shown.size()));
      service.add(reply(content, "answer " + shown.size(), "c0"));
    } while (!cursor.isEmpty());

    assertThat(shown)
        .hasSize(50)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 50).mapToObj(i -> "c" + i).toList());
    assertThat(shown.getFirst()).isIn("c48", "c49");
  }

  @Test
  void aFullLastPageHasNoCursor() {
    long content = service.newContent();
    service.add(comment(content, "f1", 1), comment(content, "f2", 2));

    assertThat(service.list(content, 2, "").getNextCursor()).isEmpty();
    assertThat(service.list(content, 1, "").getNextCursor()).isNotEmpty();
  }

  @Test
  void aPageHasTwentyCommentsIfNobodySaysOtherwise() {
    long content = service.newContent();
    service.add(
        IntStream.range(0, 21)
            .mapToObj(i -> comment(content, "d" + i, i))
            .toArray(NewComment[]::new));

    assertThat(service.list(content, 0, "").getCommentsList()).hasSize(20);
  }

  @Test
  void aPageOutsideItsLimitsIsRefused() {
    assertInvalid(() -> service.list(1, 101, ""));
    assertInvalid(() -> service.list(1, -1, ""));
    assertInvalid(() -> service.list(0, 1, ""));
  }

  @Test
  void aCursorOfAnotherContentIsRefused() {
    long content = service.newContent();
    service.add(comment(content, "x1", 1), comment(content, "x2", 2));
    String cursor = service.list(content, 1, "").getNextCursor();

    assertInvalid(() -> service.list(service.newContent(), 1, cursor));
  }

  private double statements() {
    return service.meters.find("headline.data.route").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private static List<String> texts(List<Comment> comments) {
    return comments.stream().map(Comment::getText).toList();
  }

  private static void assertInvalid(ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            failure ->
                assertThat(RpcException.from(failure).code()).isEqualTo(RpcCode.INVALID_ARGUMENT));
  }
}
