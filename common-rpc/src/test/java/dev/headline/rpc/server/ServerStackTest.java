package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class ServerStackTest {

  private final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()))
          .with(RpcSpans.of(TracerProvider.noop()));
  private final Admission admission =
      new Admission(new Caller("user-service", "default"), System::nanoTime, new Random(1));

  @Test
  void theOrderIsTheOneThatTheArchitecturePageShows() throws IOException {
    String printed =
        path(Caller.UNKNOWN).current().path().links().stream()
            .map(Middleware::name)
            .collect(Collectors.joining(" → ", "", " → handler"));

    assertThat(Files.readString(Path.of("../ARCHITECTURE.md"))).contains(printed);
  }

  private CallerPath path(Caller caller) {
    return new ServedMethod(caller, "BatchGet", new Malformed(), governance, admission)
        .pathOf(caller);
  }
}
