package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.telemetry.RpcSpans;
import dev.headline.user.v1.UserServiceGrpc;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClientStackTest {

  @Test
  void theOrderIsTheOneThatTheArchitecturePageShows() throws IOException {
    var governance =
        Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()))
            .with(RpcSpans.of(TracerProvider.noop()));
    var stack =
        new ClientStack(
            new Callee(
                new CallKey("gateway", "default", "user-service", "default", "BatchGet"),
                UserServiceGrpc.getBatchGetMethod(),
                new Connections("user-service"),
                new StampHeaders(Caller.UNKNOWN),
                governance.decisions(),
                governance));
    String printed =
        stack.compose(governance.policies().current()).links().stream()
            .map(Middleware::name)
            .collect(Collectors.joining(" → ", "Route → ", " → Send"));

    assertThat(Files.readString(Path.of("../ARCHITECTURE.md"))).contains(printed);
  }
}
