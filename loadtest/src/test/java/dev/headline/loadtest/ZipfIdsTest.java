package dev.headline.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ZipfIdsTest {

  @Test
  void theFirstComesTwiceAsOftenAsTheSecondAndThriceAsOftenAsTheThird() {
    var ids = new ZipfIds(List.of("a", "b", "c"), new Random(1));
    Map<Object, Integer> counts = new HashMap<>();
    for (int i = 0; i < 11_000; i++) {
      counts.merge(ids.next().getOrDefault("contentId", "none"), 1, Integer::sum);
    }
    assertThat(counts).containsOnlyKeys("a", "b", "c");
    assertThat(counts.get("a")).isCloseTo(6_000, within(200));
    assertThat(counts.get("b")).isCloseTo(3_000, within(200));
    assertThat(counts.get("c")).isCloseTo(2_000, within(200));
  }

  @Test
  void nothingToChooseFromIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ZipfIds(List.of(), new Random(1)));
  }
}
