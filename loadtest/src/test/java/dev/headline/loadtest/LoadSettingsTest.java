package dev.headline.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadSettingsTest {

  @Test
  void theDefaultsAreMild() {
    assertThat(LoadSettings.from(new Properties()))
        .isEqualTo(
            new LoadSettings(
                URI.create("http://127.0.0.1:8080"),
                20,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10)));
  }

  @Test
  void everyValueCanBeGiven() {
    var properties = new Properties();
    properties.setProperty("headline.base-url", "http://localhost:9999");
    properties.setProperty("headline.rate", "7");
    properties.setProperty("headline.duration", "8");
    properties.setProperty("headline.ramp", "9");
    assertThat(LoadSettings.from(properties))
        .isEqualTo(
            new LoadSettings(
                URI.create("http://localhost:9999"),
                7,
                Duration.ofSeconds(8),
                Duration.ofSeconds(9)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org",
        "http://127.0.0.1.example.org:8080",
        "http://127.0.0.1@example.org",
        "http://someone@127.0.0.1:8080",
        "https://127.0.0.1:8080",
        "http://10.0.0.1:8080",
        "feed"
      })
  void noOtherMachineIsEverLoaded(String baseUrl) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadSettings.from(with("headline.base-url", baseUrl)))
        .withMessageContaining(baseUrl);
  }

  @ParameterizedTest
  @CsvSource({
    "headline.rate, 0",
    "headline.rate, 2001",
    "headline.rate, many",
    "headline.duration, 601",
    "headline.ramp, 0"
  })
  void aValueOutsideItsRangeIsRefused(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadSettings.from(with(name, value)))
        .withMessageContaining(value);
  }

  private static Properties with(String name, String value) {
    var properties = new Properties();
    properties.setProperty(name, value);
    return properties;
  }
}
