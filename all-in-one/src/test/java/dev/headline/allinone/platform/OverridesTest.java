package dev.headline.allinone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.topology.Placement;
import dev.headline.allinone.topology.Service;
import dev.headline.infra.process.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an instance is told wins over the environment in which the platform was started. */
final class OverridesTest {

  @Test
  void anInstanceOfItsOwnDoesNotSeeVariablesThatSpringWouldPrefer(@TempDir Path folder)
      throws IOException {
    Path target = folder.resolve("user-service/target");
    Files.createDirectories(target.resolve("lib"));
    Files.createFile(target.resolve("user-service-1.jar"));
    Placement placement = new Placement(Service.USER, "user-service-1", Optional.empty(), 1, 1);

    Launch launch =
        ChildInstance.launch(
            placement, folder.resolve("settings"), new Home(folder), new Modules(folder));

    assertThat(launch.withholds("SERVER_PORT")).isTrue();
    assertThat(launch.withholds("management.server.port")).isTrue();
    assertThat(launch.withholds("SPRING_PROFILES_ACTIVE")).isTrue();
    assertThat(launch.withholds("HEADLINE_DATA_PRIMARYURL")).isTrue();
    assertThat(launch.withholds("JAVA_TOOL_OPTIONS")).isFalse();
    assertThat(launch.withholds("HEADLINE_HOME")).isFalse();
  }

  @Test
  void aContextIsToldInArgumentsWhichSpringPrefersToVariables() {
    assertThat(ContextInstance.arguments(getClass(), Map.of("server.port", "8081")))
        .contains("--server.port=8081");
  }
}
