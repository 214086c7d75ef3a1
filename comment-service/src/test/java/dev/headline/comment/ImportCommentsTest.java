package dev.headline.comment;

import static dev.headline.comment.Running.comment;
import static dev.headline.comment.Running.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.comment.v1.NewComment;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportCommentsTest {

  private final Running service;

  ImportCommentsTest(PostgresCluster cluster, FreshDatabase database) throws IOException {
    service = new Running(cluster, database);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void aRepeatedBatchChangesNothing() {
    long content = service.newContent();
    NewComment[] batch = {comment(content, "r1", 1), reply(content, "r2", "r1")};

    assertThat(service.add(batch)).isEqualTo(2);
    assertThat(service.add(batch)).isZero();

    assertThat(service.top(content).getCommentCount()).isEqualTo(2);
    assertThat(service.top(content).getComments(0).getReplyCount()).isEqualTo(1);
  }

  @Test
  void aCommentIsKeptAsItCame() {
    long content = service.newContent();
    NewComment sent =
        comment(content, "k1", 1).toBuilder().setText("Ünï \uD83D\uDE00 ' -- ; \n").build();

    service.add(sent);

    assertThat(service.top(content).getComments(0))
        .satisfies(
            kept -> {
              assertThat(kept.getId()).isPositive();
              assertThat(kept.getContentId()).isEqualTo(content);
              assertThat(kept.getAuthorId()).isEqualTo(sent.getAuthorId());
              assertThat(kept.getText()).isEqualTo(sent.getText());
              assertThat(kept.getCreatedAt()).isEqualTo(sent.getCreatedAt());
            });
  }

  @Test
  void aReplyFindsItsParentInAnEarlierBatch() {
    long content = service.newContent();
    service.add(comment(content, "e1", 1));
    service.add(reply(content, "e2", "e1"), reply(content, "e3", "e1"));

    assertThat(service.top(content).getCommentCount()).isEqualTo(3);
    assertThat(service.top(content).getComments(0).getReplyCount()).isEqualTo(2);
  }

  @Test
  void aReplyToAReplyIsRefusedWithAllOfItsBatch() {
    long content = service.newContent();

    assertRefused(
        RpcCode.FAILED_PRECONDITION,
        "Comment 'd3' about content %d answers 'd2', which is a reply itself".formatted(content),
        () ->
            service.add(
                comment(content, "d1", 1), reply(content, "d2", "d1"), reply(content, "d3", "d2")));

    assertThat(service.top(content).getCommentCount()).isZero();
    assertThat(service.list(content, 0, "").getCommentsList()).isEmpty();
  }

  @Test
  void aReplyBelowAnotherContentIsRefused() {
    long content = service.newContent();
    long other = service.newContent();
    service.add(comment(other, "o1", 1));

    assertRefused(
        RpcCode.FAILED_PRECONDITION,
        "which is about content " + other,
        () -> service.add(reply(content, "o2", "o1")));
  }

  @Test
  void aReplyToNobodyIsRefused() {
    assertRefused(
        RpcCode.FAILED_PRECONDITION,
        "answers 'nobody', which does not exist",
        () -> service.add(reply(service.newContent(), "n1", "nobody")));
  }

  @Test
  void aReplyBeforeItsParentIsRefused() {
    long content = service.newContent();
    assertRefused(
        RpcCode.INVALID_ARGUMENT,
        "Comment 'b2' comes before its parent 'b1'",
        () -> service.add(reply(content, "b2", "b1"), comment(content, "b1", 1)));
  }

  @Test
  void twoCommentsWithOneKeyAreRefused() {
    long content = service.newContent();
    assertRefused(
        RpcCode.INVALID_ARGUMENT,
        "Two comments have the source key 't1'",
        () -> service.add(comment(content, "t1", 1), comment(content, "t1", 2)));
  }

  @Test
  void whatCannotBeKeptIsRefused() {
    NewComment good = comment(service.newContent(), "g", 1);
    List<NewComment> bad =
        List.of(
            good.toBuilder().setSourceKey("").build(),
            good.toBuilder().setSourceKey("k".repeat(101)).build(),
            good.toBuilder().setContentId(0).build(),
            good.toBuilder().setAuthorId(-1).build(),
            good.toBuilder().setText("").build(),
            good.toBuilder().setText("t".repeat(2_001)).build(),
            good.toBuilder().setText("a\0b").build(),
            good.toBuilder().setParentSourceKey("a\0b").build(),
            good.toBuilder().clearCreatedAt().build());

    for (NewComment comment : bad) {
      assertRefused(RpcCode.INVALID_ARGUMENT, "comments.", () -> service.add(comment));
    }
    NewComment[] tooMany = Collections.nCopies(501, good).toArray(NewComment[]::new);
    assertRefused(RpcCode.INVALID_ARGUMENT, "at most 500", () -> service.add(tooMany));
  }

  @Test
  void theLongestTextIsCountedInCharactersAndNotInUnits() {
    long content = service.newContent();
    service.add(comment(content, "l", 1).toBuilder().setText("\uD83D\uDE00".repeat(2_000)).build());
    assertThat(service.top(content).getCommentCount()).isEqualTo(1);
  }

  @Test
  void nothingIsNoBatchAndNoError() {
    assertThat(service.add()).isZero();
  }

  private static void assertRefused(RpcCode code, String sentence, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            failure -> {
              assertThat(RpcException.from(failure).code()).isEqualTo(code);
              assertThat(failure).hasMessageContaining(sentence);
            });
  }
}
