package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {

  @Test
  void hasDefaults() {
    assertThat(new RedisSettings(null, null, 0, null))
        .isEqualTo(
            new RedisSettings(
                "redis://127.0.0.1:6379", Duration.ofMillis(80), 10, Duration.ofMillis(500)));
  }

  @Test
  void neverShowsThePassword() {
    var settings = RedisSettings.at("redis://:hush@cache.example:6380");

    assertThat(settings).hasToString("Redis at cache.example:6380, PT0.08S a command");
    assertThatThrownBy(() -> RedisSettings.at("http://:hush@cache.example"))
        .hasMessageContaining("headline.data.redis.url")
        .hasMessageNotContaining("hush")
        .hasNoCause();
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new RedisSettings(null, Duration.ofSeconds(2), 0, null))
        .hasMessage("headline.data.redis.command-timeout is PT0.01S to PT1S, but this one is PT2S");
    assertThatThrownBy(() -> new RedisSettings(null, null, 1, null))
        .hasMessage("headline.data.redis.breaker-calls is 2 to 1000, but this one is 1");
    assertThatThrownBy(() -> new RedisSettings(null, null, 0, Duration.ZERO))
        .hasMessageContaining("breaker-open");
  }
}
