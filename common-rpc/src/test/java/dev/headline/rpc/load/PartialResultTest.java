package dev.headline.rpc.load;

import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.sub;
import static dev.headline.rpc.load.LoadRunnerTest.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.Status;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PartialResultTest {

  private static final String REASON = "No instance of comment-service";

  private final RpcException down = new RpcException(RpcCode.UNAVAILABLE, REASON);

  private final Site site = new Site();

  @Test
  void aFailedFieldIsMissingAndWhatNeedsItIsSkipped() {
    site.comments.failingWith(down);

    Loaded loaded = Site.run(site.graph(100), keys(1, 3), Site.ALL.toArray(String[]::new));

    assertThat(loaded.all(Site.AUTHOR)).hasSize(3);
    assertThat(loaded.outcome(Site.COMMENTS)).isEqualTo(Outcome.FAILED);
    assertThat(loaded.outcome(Site.COMMENTER)).isEqualTo(Outcome.SKIPPED);
    assertThat(loaded.isMissing(Site.COMMENTS, 1L)).isTrue();
    assertThat(loaded.isMissing(Site.COMMENTER, 7L)).isTrue();
    assertThat(loaded.isMissing(Site.CONTENT, 1L)).isFalse();
    assertThat(loaded.missing())
        .containsExactly(
            new Missing("Content.Comment_Info", 3, RpcCode.UNAVAILABLE, REASON),
            new Missing(
                "Content.Comment.User_Info",
                0,
                RpcCode.UNAVAILABLE,
                "It needs Content.Comment_Info, which is missing"));
    assertThat(site.commenters.calls).isEmpty();
  }

  @Test
  void aFailedBatchTakesItsOwnKeysOnly() {
    site.comments.before(
        keys -> {
          if (keys.contains(5L)) {
            throw down;
          }
        });

    Loaded loaded = Site.run(site.graph(3), keys(1, 9), "Content.Comment.User_Info");

    assertThat(loaded.outcome(Site.COMMENTS)).isEqualTo(Outcome.PARTIAL);
    assertThat(loaded.all(Site.COMMENTS)).hasSize(6).doesNotContainKey(5L);
    assertThat(loaded.isMissing(Site.COMMENTS, 5L)).isTrue();
    assertThat(loaded.isMissing(Site.COMMENTS, 1L)).isFalse();
    assertThat(loaded.outcome(Site.COMMENTER)).isEqualTo(Outcome.OK);
    assertThat(loaded.missing()).extracting(Missing::keys).containsExactly(3);
  }

  @Test
  void oneReasonIsToldOnce() {
    site.comments.failingWith(down);

    Loaded loaded = Site.run(site.graph(3), keys(1, 9), "Content.Comment_Info");

    assertThat(loaded.missing()).extracting(Missing::keys).containsExactly(9);
  }

  @Test
  void aStatusKeepsItsCodeAndAnythingElseIsInternal() {
    site.comments.failingWith(
        Status.RESOURCE_EXHAUSTED.withDescription("full").asRuntimeException());
    site.authors.failingWith(new IllegalStateException("secret"));

    Loaded loaded = site.load(keys(1, 3), "Content.Comment_Info", "Content.User_Info");

    assertThat(loaded.missing())
        .containsExactlyInAnyOrder(
            new Missing("Content.Comment_Info", 3, RpcCode.RESOURCE_EXHAUSTED, "full"),
            new Missing("Content.User_Info", 3, RpcCode.INTERNAL, "IllegalStateException"));
  }

  @Test
  void keysThatCannotBeMadeFailTheirFieldOnly() {
    var graph =
        LoadGraph.of(
            basic(Site.CONTENT, site.contents),
            sub(
                Site.AUTHOR,
                Site.CONTENT,
                content -> {
                  throw new IllegalStateException("secret");
                },
                site.authors));

    Loaded loaded = Site.run(graph, keys(1, 3), "Content.User_Info");

    assertThat(loaded.outcome(Site.AUTHOR)).isEqualTo(Outcome.FAILED);
    assertThat(loaded.missing())
        .containsExactly(
            new Missing("Content.User_Info", 0, RpcCode.INTERNAL, "IllegalStateException"));
  }

  @Test
  void anErrorOfAForkedLoadReachesTheCaller() {
    var error = new AssertionError("a bug");
    var graph =
        LoadGraph.of(
            basic(
                    Site.CONTENT,
                    keys -> {
                      throw error;
                    })
                .aside());

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> Site.run(graph, Set.of(1L)))
        .isSameAs(error);
  }

  @Test
  void aNullPointerIsAFailureLikeAnyOther() {
    site.comments.failingWith(new NullPointerException("a bug"));

    assertThat(site.load(keys(1, 3), "Content.Comment_Info").missing())
        .extracting(Missing::code)
        .isEqualTo(List.of(RpcCode.INTERNAL));
  }
}
