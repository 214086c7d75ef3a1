package dev.headline.allinone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.topology.Placement;
import dev.headline.allinone.topology.Service;
import dev.headline.rpc.discovery.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstanceSettingsTest {

  private static final Placement USER =
      new Placement(
          Service.USER, "user-service-1", Optional.of(new Address.Tcp("127.0.0.1", 1)), 2, 2);
  private static final Placement GATEWAY =
      new Placement(Service.GATEWAY, "gateway-1", Optional.empty(), 3, 4);

  @Test
  void theGatewayIsToldNoPassword() {
    InstanceSettings settings = settings(new Discovery.Local());

    assertThat(settings.of(USER)).containsEntry("headline.data.password", "secret-of-USER");
    assertThat(settings.of(GATEWAY).keySet()).noneMatch(key -> key.startsWith("headline.data"));
  }

  @Test
  void onlyTheGatewayIsToldItsKey() {
    InstanceSettings settings = settings(new Discovery.Local());

    assertThat(settings.of(GATEWAY)).containsEntry("headline.gateway.session.key", "a key");
    assertThat(settings.of(USER)).doesNotContainKey("headline.gateway.session.key");
  }

  @Test
  void withoutConsulEveryoneIsToldAllAddresses() {
    assertThat(settings(new Discovery.Fixed()).of(GATEWAY))
        .containsEntry("headline.rpc.directory", "fixed")
        .containsEntry("headline.rpc.fixed.user-service", "tcp://127.0.0.1:1")
        .doesNotContainKey("headline.rpc.fixed.gateway");
  }

  @Test
  void withConsulEveryoneIsToldWhereItIs() {
    assertThat(settings(new Discovery.ByConsul("http://127.0.0.1:5")).of(USER))
        .containsEntry("headline.rpc.directory", "consul")
        .containsEntry("headline.rpc.consul", "http://127.0.0.1:5")
        .containsEntry("headline.rpc.listen", "tcp://127.0.0.1:1");
  }

  @Test
  void theDemoMayBeAskedWhatItServes() {
    assertThat(settings(new Discovery.Local()).of(USER))
        .containsEntry("headline.rpc.reflection", "true")
        .containsEntry("headline.rpc.profile", "demo");
  }

  @Test
  void onlyTheOwnerCanReadTheFile(@TempDir Path folder) throws IOException {
    Path file = settings(new Discovery.Local()).write(USER, folder);

    assertThat(Files.readAllLines(file)).contains("server.port=2");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  private static InstanceSettings settings(Discovery discovery) {
    return new InstanceSettings(
        service -> Map.of("headline.data.password", "secret-of-" + service),
        () -> Map.of("headline.gateway.session.key", "a key"),
        discovery,
        List.of(USER, GATEWAY));
  }
}
