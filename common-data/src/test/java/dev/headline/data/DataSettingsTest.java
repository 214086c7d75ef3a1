package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DataSettingsTest {

  @Test
  void whatIsLeftOutHasADefault() {
    var settings = new DataSettings("jdbc:postgresql://db/a", null, "a", "secret", 0);

    assertThat(settings.replicaUrls()).isEmpty();
    assertThat(settings.poolSize()).isEqualTo(8);
  }

  @Test
  void thePasswordHasNoDefault() {
    assertThatThrownBy(() -> new DataSettings("jdbc:postgresql://db/a", List.of(), "a", null, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("headline.data.password is missing and has no default");
  }

  @Test
  void aPoolIsNeitherEmptyNorHuge() {
    assertThatThrownBy(() -> new DataSettings("jdbc:x", List.of(), "a", "secret", 101))
        .hasMessageContaining("1 to 100");
    assertThatThrownBy(() -> new DataSettings("jdbc:x", List.of(), "a", "secret", -1))
        .hasMessageContaining("1 to 100");
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(new DataSettings("jdbc:x", List.of(), "a", "secret", 8).toString())
        .doesNotContain("secret");
  }
}
