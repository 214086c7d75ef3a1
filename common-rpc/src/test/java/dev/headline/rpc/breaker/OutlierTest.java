package dev.headline.rpc.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.headline.rpc.policy.EjectionPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When an instance is ejected, and when it is not. */
class OutlierTest extends Judged {

  @Test
  void faultsInARowEject() {
    assertThat(end(first, 2, Testimony.AGAINST)).isNull();
    assertThat(first.isUsable()).isTrue();

    Change change = end(first, 1, Testimony.AGAINST);

    assertThat(change)
        .isEqualTo(
            new Change(
                "ejected",
                "users-1: ejected since 0 ms, because 3 of its calls failed in a row; a request may"
                    + " probe it in 5 s"));
    assertThat(first.isUsable()).isFalse();
    assertThat(second.isUsable()).isTrue();
  }

  @Test
  void anAnswerBetweenFaultsBreaksTheRow() {
    end(first, 2, Testimony.AGAINST);
    end(first, 1, Testimony.FOR);
    end(first, 2, Testimony.AGAINST);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void theShareOfFaultsEjectsOnceThereAreEnoughCalls() {
    for (int i = 0; i < 4; i++) {
      end(first, 1, Testimony.AGAINST);
      end(first, 1, Testimony.FOR);
    }
    end(first, 1, Testimony.FOR);
    assertThat(first.isUsable()).isTrue();

    Change change = end(first, 1, Testimony.AGAINST);

    assertThat(change)
        .extracting(Change::reason, STRING)
        .contains("5 of 10 calls failed (50 %) in the last 10 s");
  }

  @Test
  void faultsThatLeftTheWindowDoNotCountTowardsTheShare() {
    for (int i = 0; i < 4; i++) {
      end(first, 1, Testimony.AGAINST);
      end(first, 1, Testimony.FOR);
    }
    clock.pass(Duration.ofSeconds(11));
    end(first, 1, Testimony.FOR);
    end(first, 1, Testimony.AGAINST);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void callsThatSayNothingNeverEject() {
    end(first, 1_000, Testimony.NONE);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void methodsThatJudgeByDifferentPoliciesCountApart() {
    var lenient = new EjectionPolicy.Rates(50, 10, 5, Duration.ofSeconds(10), OPEN, 50);
    for (int i = 0; i < 2; i++) {
      end(first, 1, Testimony.AGAINST);
      first.ended(calls.call(), Testimony.AGAINST, clock.getAsLong(), lenient);
    }
    assertThat(first.isUsable()).isTrue();

    end(first, 1, Testimony.AGAINST);
    assertThat(first.isUsable()).isFalse();
  }

  @Test
  void atMostHalfOfTheInstancesAreEjected() {
    Outlier third = join("users-3");
    eject(first);

    Change change = end(second, 3, Testimony.AGAINST);

    assertThat(change)
        .isEqualTo(
            new Change(
                "spared", "users-2: 3 of its calls failed in a row, but no more may be ejected"));
    assertThat(second.isUsable()).isTrue();
    assertThat(siblings.ejected()).isEqualTo(1);
    end(third, 3, Testimony.AGAINST);
    assertThat(third.isUsable()).isTrue();
  }

  @Test
  void halfOfFourAreTwo() {
    Outlier third = join("users-3");
    Outlier fourth = join("users-4");
    for (Outlier each : List.of(first, second, third, fourth)) {
      end(each, 3, Testimony.AGAINST);
    }

    assertThat(siblings.ejected()).isEqualTo(2);
    assertThat(third.isUsable() && fourth.isUsable()).isTrue();
  }

  @Test
  void theLastInstanceIsNeverEjected() {
    second.end();

    end(first, 100, Testimony.AGAINST);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void neverAreMoreEjectedThanMayBeHoweverManyFailAtOnce() {
    for (int round = 0; round < 200; round++) {
      var family = new Siblings(clock);
      List<Outlier> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(family.join(instance("users-" + i)));
      }
      all.stream()
          .map(each -> CompletableFuture.runAsync(() -> end(each, 3, Testimony.AGAINST)))
          .toList()
          .forEach(CompletableFuture::join);

      assertThat(all.stream().filter(Outlier::isUsable)).hasSize(2);
      assertThat(family.ejected()).isEqualTo(2);
    }
  }

  @Test
  void thatOneIsSparedIsSaidOnceInAWhile() {
    eject(first);
    assertThat(end(second, 3, Testimony.AGAINST)).isNotNull();
    assertThat(end(second, 1, Testimony.AGAINST)).isNull();

    clock.pass(OPEN);

    assertThat(end(second, 1, Testimony.AGAINST)).isNotNull();
  }

  @Test
  void anEjectedInstanceThatIsGoneMakesRoomForAnother() {
    join("users-3");
    eject(first);
    first.end();

    eject(second);

    assertThat(siblings.ejected()).isEqualTo(1);
    assertThat(end(first, 3, Testimony.AGAINST)).as("It is no longer judged").isNull();
  }

  @Test
  void theySayWhoIsEjectedSinceWhenAndWhy() {
    eject(first);
    clock.pass(Duration.ofSeconds(2));

    assertThat(siblings.describe(POLICY))
        .isEqualTo(
            """
            1 of 2 instances are ejected, 1 may be (50 %); one is after 3 faults in a row, or when \
            of at least 10 calls in the last 10 s 50 % failed, and may be probed after 5 s
            users-1: ejected since 2 s, because 3 of its calls failed in a row; a request may probe \
            it in 3 s""");

    clock.pass(Duration.ofSeconds(3));
    assertThat(first.tryProbe(calls.call())).isTrue();
    clock.pass(Duration.ofSeconds(1));
    assertThat(siblings.describe(POLICY)).endsWith("it is being probed, for 4 s at most");
  }
}
