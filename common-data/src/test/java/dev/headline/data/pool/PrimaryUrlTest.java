package dev.headline.data.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrimaryUrlTest {

  private static final String FOLLOW = "targetServerType=primary&hostRecheckSeconds=1";

  @Test
  void itNamesEveryNodeOnceAndThePrimaryFirst() {
    assertThat(
            PrimaryUrl.of(
                "jdbc:postgresql://a:1/news",
                List.of("jdbc:postgresql://b:2/news", "jdbc:postgresql://a:1/news")))
        .isEqualTo("jdbc:postgresql://a:1,b:2/news?" + FOLLOW);
  }

  @Test
  void whatIsAskedForBesidesIsKept() {
    assertThat(PrimaryUrl.of("jdbc:postgresql://a/news?sslmode=require", List.of()))
        .isEqualTo("jdbc:postgresql://a/news?sslmode=require&" + FOLLOW);
  }

  @Test
  void whoeverSaysWhichServerIsMeantIsBelieved() {
    String own = "jdbc:postgresql://a,c/news?targetServerType=any";

    assertThat(PrimaryUrl.of(own, List.of("jdbc:postgresql://b/news"))).isEqualTo(own);
  }
}
