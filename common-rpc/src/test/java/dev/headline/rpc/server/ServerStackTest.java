package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.telemetry.RpcSpans;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerStackTest {

  private final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()))
          .with(RpcSpans.of(TracerProvider.noop()));
  private final Admission admission =
      new Admission(new Caller("user-service", "default"), System::nanoTime, new Random(1));
  private final Callers callers = new Callers(this::path, path(new Caller("malformed", "default")));

  @Test
  void theOrderIsTheOneThatTheArchitecturePageShows() throws IOException {
    String printed =
        path(Caller.UNKNOWN).current().path().links().stream()
            .map(Middleware::name)
            .collect(Collectors.joining(" → ", "", " → handler"));

    assertThat(Files.readString(Path.of("../ARCHITECTURE.md"))).contains(printed);
  }

  @Test
  void anAttemptIsNoCallerOfItsOwn() {
    for (int attempt = 1; attempt <= 99; attempt++) {
      nameOf("one/default;" + attempt);
    }
    for (int i = 0; i < 99; i++) {
      nameOf("caller-" + i + "/default;1");
    }

    assertThat(nameOf("caller-98/default;2")).isEqualTo("caller-98");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b",
        "a;1",
        "a/b;",
        "a/b;0",
        "a/b;01",
        "a/b;+1",
        "a/b;100",
        "A/b;1",
        "a/b/c;1",
        "a/b;1;",
        "a/b;1;x",
        "a/b;1;rc",
        "a/b;1;cb"
      })
  void aHeaderThatNobodyWritesIsRefused(String header) {
    assertThat(nameOf(header)).isEqualTo("malformed");
  }

  @Test
  void theBoundHoldsForCallersThatComeAtOnce() {
    long known =
        IntStream.range(0, 1_000)
            .parallel()
            .mapToObj(i -> nameOf("caller-" + i + "/default;1"))
            .filter(name -> !name.equals(Callers.OVERFLOW.service()))
            .count();

    assertThat(known).isEqualTo(100);
  }

  @Test
  void callersPastTheBoundShareOneName() {
    for (int i = 0; i < 100; i++) {
      assertThat(nameOf("caller-" + i + "/default;1")).isEqualTo("caller-" + i);
    }

    assertThat(nameOf("one-more/default;1")).isEqualTo(Callers.OVERFLOW.service());
    assertThat(nameOf("caller-7/default;1")).isEqualTo("caller-7");
  }

  private String nameOf(String header) {
    return callers.arrival(header).from().current().path().target().key().from();
  }

  private CallerPath path(Caller caller) {
    var key =
        new CallKey(caller.service(), caller.cluster(), "user-service", "default", "BatchGet");
    return new CallerPath(
        governance.policies(), new ServerStack(key, new Malformed(), governance, admission));
  }
}
