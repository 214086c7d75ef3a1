package dev.headline.rpc.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LoadPlanTest {

  private final LoadGraph<Long> graph = new Site().graph(20);

  @Test
  void aPlanPrintsItselfAsATree() {
    assertThat(graph.plan(List.of("Content.User_Info", "Content.Comment_Info")))
        .hasToString(
            """
            Content_Info: basic, at most 20 keys a call, not asked for
              Content.User_Info: sub, needs Content_Info, at most 20 keys a call
            Content.Comment_Info: basic, at most 20 keys a call
            """);
  }

  @Test
  void aFieldBringsWhatItNeedsAndWhereItStands() {
    LoadPlan<Long> plan = graph.plan(List.of("Content.Comment.User_Info"));

    assertThat(plan.fields()).containsExactly(Site.CONTENT, Site.COMMENTS, Site.COMMENTER);
    assertThat(plan.asksFor(Site.COMMENTER)).isTrue();
    assertThat(plan.asksFor(Site.COMMENTS)).isFalse();
    assertThat(plan.includes(Site.COMMENTS)).isTrue();
    assertThat(plan.includes(Site.AUTHOR)).isFalse();
  }

  @Test
  void aPlanForNothingIsTheRoot() {
    assertThat(graph.plan(List.of()).fields()).containsExactly(Site.CONTENT);
  }

  @Test
  void aNameMayComeTwice() {
    LoadPlan<Long> once = graph.plan(List.of("Content_Info"));

    assertThat(graph.plan(List.of("Content_Info", "Content_Info")))
        .isEqualTo(once)
        .hasSameHashCodeAs(once);
    assertThat(graph.plan(List.of())).isNotEqualTo(once);
    assertThat(new Site().graph(20).plan(List.of("Content_Info"))).isNotEqualTo(once);
  }

  @Test
  void anUnknownNameComesWithTheNearest() {
    assertThatExceptionOfType(UnknownFieldException.class)
        .isThrownBy(() -> graph.plan(List.of("content.UserInfo")))
        .withMessage("There is no field 'content.UserInfo'; did you mean 'Content.User_Info'?")
        .satisfies(e -> assertThat(e.field()).isEqualTo("content.UserInfo"))
        .satisfies(e -> assertThat(e.nearest()).isEqualTo("Content.User_Info"));
  }

  @Test
  void aNameLikeNoOtherComesAlone() {
    assertThatExceptionOfType(UnknownFieldException.class)
        .isThrownBy(() -> graph.plan(List.of("Weather")))
        .withMessage("There is no field 'Weather'")
        .satisfies(e -> assertThat(e.nearest()).isNull());
  }

  @Test
  void aHostileNameIsCutAndCleaned() {
    assertThatExceptionOfType(UnknownFieldException.class)
        .isThrownBy(() -> graph.plan(List.of("\n" + "x".repeat(100_000))))
        .satisfies(e -> assertThat(e.field()).isEqualTo("?" + "x".repeat(63) + "…"));
  }

  @Test
  void aRequestAsksForAtMost32Fields() {
    assertThat(graph.plan(Collections.nCopies(32, "Content_Info")).fields()).hasSize(1);
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> graph.plan(Collections.nCopies(33, "Content_Info")))
        .withMessage("A request asks for at most 32 fields, but this one for 33")
        .satisfies(e -> assertThat(e.code()).isEqualTo(RpcCode.INVALID_ARGUMENT));
  }

  @Test
  void aFieldOfAnotherGraphIsAMistake() {
    Field<Long, String> namesake = Field.of("Content_Info");
    LoadPlan<Long> plan = graph.plan(List.of());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan.includes(namesake))
        .withMessage("Content_Info is not a field of this graph");
  }

  @Test
  void anExplanationIsJson() {
    String json = JsonMapper.shared().writeValueAsString(graph.plan(List.of()).explain());

    assertThat(json)
        .isEqualTo(
            """
            {"fields":[{"field":"Content_Info","depth":0,"needs":null,"place":null,\
            "asked":false,"maxBatch":20}]}""");
  }
}
