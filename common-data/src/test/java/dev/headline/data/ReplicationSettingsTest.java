package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ReplicationSettingsTest {

  @Test
  void whatIsLeftOutHasADefault() {
    var settings = ReplicationSettings.DEFAULT;

    assertThat(settings.maxLag()).isEqualTo(DataSize.ofMegabytes(4));
    assertThat(settings.maxDelay()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.maxAge()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.synchronousCommit()).isEqualTo(SynchronousCommit.ON);
    assertThat(new DataSettings("jdbc:x", null, "a", "secret", 8).primaryReads()).isEqualTo(4);
  }

  @Test
  void itIsBoundByTheNamesOfItsComponents() {
    var source =
        new MapConfigurationPropertySource(
            Map.of(
                "headline.data.primary-url", "jdbc:x",
                "headline.data.username", "a",
                "headline.data.password", "secret",
                "headline.data.replication.max-lag", "64KB",
                "headline.data.replication.max-delay", "300ms",
                "headline.data.replication.max-age", "250ms",
                "headline.data.replication.primary-reads", "3",
                "headline.data.replication.synchronous-commit", "remote_apply"));

    DataSettings settings = new Binder(source).bindOrCreate("headline.data", DataSettings.class);

    assertThat(settings.replication())
        .isEqualTo(
            new ReplicationSettings(
                DataSize.ofKilobytes(64),
                Duration.ofMillis(300),
                Duration.ofMillis(250),
                3,
                SynchronousCommit.REMOTE_APPLY));
    assertThat(settings.primaryReads()).isEqualTo(3);
  }

  @Test
  void whatIsNotBoundHasADefault() {
    var source =
        new MapConfigurationPropertySource(
            Map.of(
                "headline.data.primary-url", "jdbc:x",
                "headline.data.username", "a",
                "headline.data.password", "secret"));

    assertThat(new Binder(source).bindOrCreate("headline.data", DataSettings.class).replication())
        .isEqualTo(ReplicationSettings.DEFAULT);
  }

  @Test
  void whatMakesNoSenseIsNamed() {
    assertThatThrownBy(
            () ->
                ReplicationSettings.DEFAULT.withBounds(DataSize.ofBytes(0), Duration.ofSeconds(1)))
        .hasMessageContaining("headline.data.replication.max-lag");
    assertThatThrownBy(
            () -> ReplicationSettings.DEFAULT.withBounds(DataSize.ofBytes(1), Duration.ZERO))
        .hasMessageContaining("headline.data.replication.max-delay");
    assertThatThrownBy(() -> new ReplicationSettings(null, null, Duration.ofMinutes(1), 0, null))
        .hasMessageContaining("headline.data.replication.max-age");
    assertThatThrownBy(() -> ReplicationSettings.DEFAULT.withPrimaryReads(-1))
        .hasMessageContaining("headline.data.replication.primary-reads");
    assertThatThrownBy(
            () ->
                new DataSettings("jdbc:x", null, "a", "secret", 8)
                    .with(ReplicationSettings.DEFAULT.withPrimaryReads(9)))
        .hasMessageContaining("headline.data.replication.primary-reads");
  }
}
