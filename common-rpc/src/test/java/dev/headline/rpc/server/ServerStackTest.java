package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.telemetry.RpcMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerStackTest {

  private final Callers callers =
      new Callers(
          new Caller("user-service", "default"),
          "BatchGet",
          new RpcMeters(new SimpleMeterRegistry()));

  @Test
  void theOrderIsTheOneThatTheArchitecturePageShows() throws IOException {
    String printed =
        ServerStack.links(callers).stream()
            .map(Middleware::name)
            .collect(Collectors.joining(" → ", "", " → handler"));

    assertThat(Files.readString(Path.of("../ARCHITECTURE.md"))).contains(printed);
  }

  @Test
  void anAttemptIsNoCallerOfItsOwn() {
    for (int attempt = 1; attempt <= 99; attempt++) {
      callers.named("one/default;" + attempt);
    }
    for (int i = 0; i < 99; i++) {
      callers.named("caller-" + i + "/default;1");
    }

    assertThat(callers.named("caller-98/default;2").caller().service()).isEqualTo("caller-98");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a/b", "a;1", "a/b;", "a/b;0", "a/b;01", "a/b;+1", "a/b;100", "A/b;1", "a/b/c;1"
      })
  void aHeaderThatNobodyWritesIsRefused(String header) {
    assertThatThrownBy(() -> callers.named(header))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.code()).isEqualTo(RpcCode.INVALID_ARGUMENT));
  }

  @Test
  void theBoundHoldsForCallersThatComeAtOnce() {
    long known =
        IntStream.range(0, 1_000)
            .parallel()
            .mapToObj(i -> callers.named("caller-" + i + "/default;1").caller())
            .filter(caller -> !caller.equals(Callers.OVERFLOW))
            .count();

    assertThat(known).isEqualTo(100);
  }

  @Test
  void callersPastTheBoundShareOneName() {
    for (int i = 0; i < 100; i++) {
      assertThat(callers.named("caller-" + i + "/default;1").caller().service())
          .isEqualTo("caller-" + i);
    }

    assertThat(callers.named("one-more/default;1").caller()).isEqualTo(Callers.OVERFLOW);
    assertThat(callers.named("caller-7/default;1").caller().service()).isEqualTo("caller-7");
  }
}
