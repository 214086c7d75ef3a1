package dev.headline.allinone.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.data.FollowFile.Friendship;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FollowFileTest {

  @Test
  void aPairIsAFriendshipWhicheverWayRoundItIsWritten() {
    FollowFile file = parse("2 1", "1 2", "1\t3");
    assertThat(file.friendships()).containsExactly(new Friendship(1, 2), new Friendship(1, 3));
    assertThat(file.people()).containsExactly(1, 2, 3);
    assertThat(file.repeated()).isEqualTo(1);
    assertThat(file.badRows()).isEmpty();
  }

  @Test
  void aLineThatMakesNoSenseIsReportedAndTheRestGoesIn() {
    FollowFile file =
        parse("% a remark", "1 1", "", "1", "1 2 3", "a b", "+1 2", "1 12345678901", "4 5");
    assertThat(file.friendships()).containsExactly(new Friendship(4, 5));
    assertThat(file.people()).containsExactly(4, 5);
    assertThat(file.badRows())
        .extracting(BadRow::toString)
        .containsExactly(
            "follows.edges:2: person 1 cannot follow themself",
            "follows.edges:4: '1' is not two people",
            "follows.edges:5: '1 2 3' is not two people",
            "follows.edges:6: 'a' is not a person's number",
            "follows.edges:7: '+1' is not a person's number",
            "follows.edges:8: '12345678901' is not a person's number");
  }

  private static FollowFile parse(String... lines) {
    return FollowFile.parse("follows.edges", List.of(lines));
  }
}
