package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.instances;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlausibilityTest {

  private static final Duration HALVED = Duration.ofSeconds(3);
  private static final Duration EMPTY = Duration.ofSeconds(10);
  private static final Duration USUAL = Duration.ofSeconds(30);

  private final Plausibility plausibility = new Plausibility(HALVED, EMPTY);

  @Test
  void theFirstListIsBelievedWhateverItIs() {
    assertThat(judge(instances(), 0)).isEmpty();
    assertThat(judge(instances(1), 0)).isEqualTo(instances(1));
  }

  @Test
  void oneOfTwoMayGoAtOnce() {
    judge(instances(1, 2), 0);
    assertThat(judge(instances(2), 0)).isEqualTo(instances(2));
  }

  @Test
  void lessThanHalfIsBelievedAfterItsGrace() {
    judge(instances(1, 2, 3), 0);
    assertThat(judge(instances(1), 1_000)).hasSize(3);
    assertThat(judge(instances(1), 3_999)).hasSize(3);
    assertThat(judge(instances(1), 4_000)).isEqualTo(instances(1));
  }

  @Test
  void nothingAtAllIsBelievedAfterALongerGrace() {
    judge(instances(1), 0);
    assertThat(judge(instances(), 0)).hasSize(1);
    assertThat(judge(instances(), 9_999)).hasSize(1);
    assertThat(judge(instances(), 10_000)).isEmpty();
  }

  @Test
  void aListThatComesBackEndsTheDoubt() {
    judge(instances(1, 2, 3), 0);
    judge(instances(), 0);
    judge(instances(1, 2, 3), 5_000);
    assertThat(judge(instances(), 11_000)).hasSize(3);
  }

  @Test
  void anotherDoubtfulListStartsItsOwnGrace() {
    judge(instances(1, 2, 3, 4), 0);
    judge(instances(), 0);
    assertThat(judge(instances(1), 9_000)).hasSize(4);
    assertThat(judge(instances(1), 12_000)).isEqualTo(instances(1));
  }

  @Test
  void silenceStartsTheGraceAnew() {
    judge(instances(1), 0);
    judge(instances(), 0);
    plausibility.silence();
    assertThat(judge(instances(), 12_000)).hasSize(1);
  }

  @Test
  void aDoubtIsAskedAboutWhenItsGraceEnds() {
    judge(instances(1, 2, 3), 0);
    assertThat(plausibility.untilBelieved(0, USUAL)).isEqualTo(USUAL);
    judge(instances(1), 1_000);
    assertThat(plausibility.untilBelieved(nanos(2_000), USUAL)).isEqualTo(Duration.ofSeconds(2));
    assertThat(plausibility.untilBelieved(nanos(9_000), USUAL)).isZero();
  }

  private List<Instance> judge(List<Instance> told, long milliseconds) {
    return plausibility.judge(told, nanos(milliseconds));
  }

  private static long nanos(long milliseconds) {
    return Duration.ofMillis(milliseconds).toNanos();
  }
}
