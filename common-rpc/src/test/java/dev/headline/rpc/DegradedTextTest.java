package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DegradedTextTest {

  private static final Degraded TOP =
      new Degraded("comment-service", "BatchTop", RpcCode.UNAVAILABLE, "10.0.0.1 burns");

  @Test
  void aSentenceThatMayNameHostsStaysOnItsHost() {
    assertThat(DegradedText.write(List.of(TOP))).isEqualTo("comment-service/BatchTop;UNAVAILABLE");
  }

  @Test
  void eachKindIsToldOnceAndNoMoreThanFit() {
    assertThat(DegradedText.read(DegradedText.write(Collections.nCopies(50, TOP)))).hasSize(1);

    List<Degraded> many =
        IntStream.range(0, 50)
            .mapToObj(i -> new Degraded("service-" + i, "M", RpcCode.INTERNAL, ""))
            .toList();
    assertThat(DegradedText.read(DegradedText.write(many)))
        .hasSize(DegradedText.MOST)
        .last()
        .isEqualTo(
            new Degraded("service-15", "M", RpcCode.INTERNAL, "INTERNAL: hidden by a callee"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a/b", "a/b;", "a/b;NO_CODE", "/b;INTERNAL", "a;INTERNAL"})
  void whatCannotBeReadIsLeftOut(String text) {
    assertThat(DegradedText.read(text)).isEmpty();
  }
}
