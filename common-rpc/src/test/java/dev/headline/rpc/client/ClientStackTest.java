package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Middleware;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClientStackTest {

  @Test
  void theOrderIsTheOneThatTheArchitecturePageShows() throws IOException {
    String printed =
        ClientStack.links(new Connections("any"), new StampHeaders(Caller.UNKNOWN)).stream()
            .map(Middleware::name)
            .collect(Collectors.joining(" → ", "", " → Send"));

    assertThat(Files.readString(Path.of("../ARCHITECTURE.md"))).contains(printed);
  }
}
