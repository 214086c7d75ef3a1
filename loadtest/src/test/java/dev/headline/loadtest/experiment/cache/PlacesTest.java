package dev.headline.loadtest.experiment.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlacesTest {

  @Test
  void theyReadWhatTheyWrite() {
    var places =
        new Places("jdbc:postgresql://a:1/content", "jdbc:postgresql://b:2/content", "redis://c:3");
    assertThat(Places.parse(places.toString())).isEqualTo(places);
  }
}
