package dev.headline.gateway.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.gateway.http.problem.ProblemException;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import dev.headline.rpc.Priority;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class PassthroughNamesTest {

  private static final Passthrough NOTHING = new Passthrough(List.of());

  private final HttpHeaders headers = new HttpHeaders();

  @Test
  void withoutAWordNothingIsLetIn() {
    headers.set("X-Headline-Lane", "canary");
    headers.set("X-Headline-Priority", "critical");

    assertThat(NOTHING.origin(headers)).isEqualTo(Origin.of(Caller.UNKNOWN));
  }

  @Test
  void whatIsNamedIsLetInAndNothingElse() {
    headers.set("x-headline-LANE", "canary");
    headers.set("X-Headline-Token", "secret");
    headers.set("X-Headline-Priority", "critical");

    assertThat(new Passthrough(List.of("lane", "priority", "tenant")).origin(headers))
        .isEqualTo(
            Origin.of(Caller.UNKNOWN)
                .with(Priority.CRITICAL)
                .with(Baggage.EMPTY.withPersistent("lane", "canary")));
  }

  @ParameterizedTest
  @CsvSource({"critical, DEFAULT", "default, DEFAULT", "batch, BATCH"})
  void whoIsNotLetInCanOnlyStepBack(String said, Priority got) {
    headers.set("X-Headline-Priority", said);

    assertThat(NOTHING.origin(headers).priority()).isEqualTo(got);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "urgent", "CRITICAL", "batch, batch"})
  void aPriorityThatThereIsNotIsAMistake(String said) {
    headers.set("X-Headline-Priority", said);

    assertThatThrownBy(() -> NOTHING.origin(headers)).isInstanceOf(ProblemException.class);
  }

  @Test
  void aNameIsOneThatCanTravelAndStandsOnce() {
    assertThatThrownBy(() -> new Passthrough(List.of("Lane"))).hasMessageContaining("'Lane'");
    assertThatThrownBy(() -> new Passthrough(List.of("lane", "lane")))
        .hasMessage("headline.gateway.passthrough names 'lane' twice");
  }
}
