package dev.headline.data.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import dev.headline.data.DataSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGProperty;

class PoolConfigTest {

  private static final DataSettings SETTINGS =
      new DataSettings("jdbc:postgresql://a/news", List.of(), "news", "secret", 8);

  @Test
  void theDriverFindsWhatItIsTold() {
    HikariConfig config = PoolConfig.primary("primary", SETTINGS, new SimpleMeterRegistry());

    for (String name : config.getDataSourceProperties().stringPropertyNames()) {
      assertThat(PGProperty.forName(name)).as(name).isNotNull();
    }
    assertThat(config.getDataSourceProperties().stringPropertyNames())
        .as("what is no text is not found")
        .hasSize(config.getDataSourceProperties().size());
  }
}
