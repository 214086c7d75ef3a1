package dev.headline.loadtest.experiment.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class PagesTest {

  @Test
  void aPageHasAsManyDifferentContentsAsItShould() {
    var pages = new Pages(1);
    for (int i = 0; i < 1_000; i++) {
      Set<Long> page = pages.next();
      assertThat(page).hasSize(Pages.SIZE).allMatch(id -> id >= 1 && id <= Contents.COUNT);
    }
  }

  @Test
  void bothSidesAreAskedForTheSamePages() {
    assertThat(new Pages(7).next()).isEqualTo(new Pages(7).next());
    assertThat(new Pages(7).next()).isNotEqualTo(new Pages(8).next());
  }
}
