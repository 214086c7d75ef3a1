package dev.headline.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FixedDirectoryTest {

  private static final Address FIRST = Address.parse("tcp://127.0.0.1:9001");
  private static final Address SECOND = Address.parse("unix:/tmp/content.sock");

  @Test
  void whatIsWrittenDownIsToldAtOnceAndNumbered() {
    Heard heard = new Heard();
    try (FixedDirectory directory =
        FixedDirectory.of("blue", Map.of("content-service", List.of(FIRST, SECOND)))) {
      directory.watch("content-service", heard).close();
    }
    assertThat(heard.lists)
        .containsExactly(
            List.of(
                new Instance("content-service-1", "content-service", "blue", FIRST, 100),
                new Instance("content-service-2", "content-service", "blue", SECOND, 100)));
  }

  @Test
  void aServiceThatIsNotWrittenDownHasNoInstances() {
    Heard heard = new Heard();
    try (FixedDirectory directory = FixedDirectory.of("default", Map.of())) {
      directory.watch("content-service", heard).close();
    }
    assertThat(heard.lists).containsExactly(List.of());
  }

  @Test
  void aNameThatCannotBeOneIsRefused() {
    assertThatThrownBy(() -> FixedDirectory.of("default", Map.of("No Name", List.of(FIRST))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No Name");
  }
}
