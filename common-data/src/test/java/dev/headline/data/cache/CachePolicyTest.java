package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.headline.data.cache.CachePolicy.Lease;
import dev.headline.data.cache.CachePolicy.Lifetimes;
import dev.headline.data.cache.CachePolicy.Limit;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CachePolicyTest {

  @Test
  void hasDefaults() {
    assertThat(CachePolicy.DEFAULT)
        .isEqualTo(
            new CachePolicy(
                new Lifetimes(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(4),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1)),
                new Lease(Duration.ofSeconds(3), Duration.ofMillis(250)),
                new Limit(4, Duration.ofMillis(500)),
                0,
                10_000));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> new Limit(0, Duration.ofSeconds(1)))
        .hasMessage("A cache's limit.places is 1 to 1000, but this one is 0");
    assertThatThrownBy(() -> new Lease(Duration.ZERO, Duration.ZERO))
        .hasMessage("A cache's lease.time is PT0.01S to PT1M, but this one is PT0S");
    assertThatThrownBy(() -> CachePolicy.DEFAULT.near(-1)).hasMessageContaining("near-entries");
    assertThatThrownBy(() -> CachePolicy.DEFAULT.remembering(0)).hasMessageContaining("backlog");
  }

  @Test
  void namesOfKindsArePlain() {
    assertThatThrownBy(() -> kind("Content", 1)).hasMessageContaining("Content");
    assertThatThrownBy(() -> kind("content", 0)).hasMessageContaining("schema");
    assertThat(kind("content", 2).entry("17")).isEqualTo("content:article:v2:17");
  }

  private static CachedKind<String, StringValue> kind(String service, int schema) {
    return new CachedKind<>(
        service, "article", schema, Function.identity(), Form.of(StringValue.parser()));
  }
}
