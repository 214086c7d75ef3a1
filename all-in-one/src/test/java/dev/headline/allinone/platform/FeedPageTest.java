package dev.headline.allinone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class FeedPageTest {

  @Test
  void aPageIsCompleteIfItHasItemsAndNothingIsMissing() {
    assertThat(page(200, "{\"items\": [], \"meta\": {\"degraded\": []}}").isComplete()).isTrue();
    assertThat(page(200, "{\"items\": [], \"meta\": {}}").isComplete()).isTrue();
  }

  @Test
  void whatIsNotAPageIsNotACompleteOne() {
    assertThat(page(200, "{}").isComplete()).isFalse();
    assertThat(page(200, "{\"items\": \"none\"}").isComplete()).isFalse();
    assertThat(page(503, "{\"items\": []}").isComplete()).isFalse();
    assertThat(page(200, "{\"items\": [], \"meta\": {\"degraded\": [1]}}").isComplete()).isFalse();
  }

  private static FeedPage page(int status, String json) {
    return new FeedPage(status, new JsonMapper().readTree(json));
  }
}
