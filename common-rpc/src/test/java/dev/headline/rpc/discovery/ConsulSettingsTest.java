package dev.headline.rpc.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsulSettingsTest {

  private static final URI URL = URI.create("http://127.0.0.1:8500");

  @Test
  void theUsualTimes() {
    assertThat(ConsulSettings.at(URL))
        .isEqualTo(
            new ConsulSettings(
                URL,
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(6),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                null));
  }

  @Test
  void theTokenIsNotShown() {
    assertThat(ConsulSettings.at(URL).withToken("secret").token()).isEqualTo("secret");
    assertThat(ConsulSettings.at(URL).withToken("secret").toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8500", "ftp://a", "http:///a", "http://a?b=c", "/a"})
  void anAddressThatIsNotConsulsIsRefused(String url) {
    assertThatThrownBy(() -> ConsulSettings.at(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "top\nsecret"})
  void aTokenThatNoHeaderCanCarryIsRefusedAndNotShown(String token) {
    assertThatThrownBy(() -> ConsulSettings.at(URL).withToken(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aHeartbeatThatComesTooLateIsRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(
            () ->
                new ConsulSettings(URL, null, second, second, second, second, second, second, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time to live");
  }
}
