package dev.headline.rpc.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogTest {

  private final Catalog catalog = Catalog.of(Map.of("zoo", Zoo.FILE, "aquarium", Zoo.FILE));

  @Test
  void allMethodsButThoseThatStreamAreListedInOrder() {
    assertThat(catalog.methods())
        .extracting(GenericMethod::toString)
        .containsExactly(
            "aquarium/Admit",
            "aquarium/Find",
            "aquarium/Feed",
            "zoo/Admit",
            "zoo/Find",
            "zoo/Feed");
  }

  @Test
  void anUnknownServiceComesWithTheNearestAndAllThereAre() {
    assertThatThrownBy(() -> catalog.method("aquariums", "Find"))
        .hasMessage(
            "There is no service 'aquariums' (did you mean aquarium?); there are: aquarium, zoo")
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.code()).isEqualTo(RpcCode.NOT_FOUND));
  }

  @Test
  void anUnknownMethodComesWithTheNearestAndAllThereAre() {
    assertThatThrownBy(() -> catalog.method("zoo", "find_"))
        .hasMessage("zoo has no method 'find_' (did you mean Find?); there are: Admit, Find, Feed");
    assertThatThrownBy(() -> catalog.method("zoo", "%s"))
        .hasMessage("zoo has no method '%s'; there are: Admit, Find, Feed");
  }

  @Test
  void whatTheContractSaysOfRepetitionGoesWithTheMethod() {
    var admit = catalog.method("zoo", "Admit").wire();
    var find = catalog.method("zoo", "Find").wire();
    var feed = catalog.method("zoo", "Feed").wire();

    assertThat(admit.isIdempotent() || admit.isSafe()).isFalse();
    assertThat(find.isIdempotent() && find.isSafe()).isTrue();
    assertThat(feed.isIdempotent()).isTrue();
    assertThat(feed.isSafe()).isFalse();
  }

  @Test
  void theNameOnTheWireIsThatOfGeneratedCode() {
    assertThat(catalog.method("zoo", "Find").wire().getFullMethodName())
        .isEqualTo("zoo.v1.ZooService/Find");
  }

  @Test
  void requestFieldsHaveTheShapeOfTheJson() {
    assertThat(catalog.method("zoo", "Find").requestFields()).isEqualTo("{}");
    assertThat(catalog.method("zoo", "Admit").requestFields())
        .isEqualTo(
            "{id: int64, legs: uint32, common_name: string, weight: double, tame: bool, "
                + "picture: bytes, mood: CALM|ANGRY, tags: [int64], children: [Animal], "
                + "counts: {int32: int64}, friends: {string: Animal}, "
                + "meat: string | grass_per_day: int32, born_at: Timestamp, sleeps: Duration, "
                + "notes: Struct, chip: UInt64Value}");
  }

  @Test
  void methodsThatTheFiveTupleCannotTellApartAreRefused() {
    String contract =
        """
        name: "twice.proto" syntax: "proto3" message_type { name: "M" }
        service { name: "A" method { name: "Get" input_type: ".M" output_type: ".M" } }
        service { name: "B" method { name: "Get" input_type: ".M" output_type: ".M" } }
        """;

    assertThatThrownBy(() -> Catalog.of(Map.of("twice", Zoo.compile(contract))))
        .hasMessage("twice has two methods named Get");
  }

  @Test
  void aNameThatNoServiceCanHaveIsRefused() {
    assertThatThrownBy(() -> Catalog.of(Map.of("Zoo", Zoo.FILE)))
        .hasMessage("No service can be named 'Zoo'");
  }
}
