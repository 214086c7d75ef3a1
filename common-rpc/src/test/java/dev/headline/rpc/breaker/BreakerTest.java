package dev.headline.rpc.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.breaker.Breaker.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a breaker opens, and what it says. */
class BreakerTest extends Guarded {

  @Test
  void itOpensAtTheShareOfFaultsOfEnoughCalls() {
    end(4, Testimony.FOR);
    end(5, Testimony.AGAINST);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);

    end(1, Testimony.AGAINST);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void itStaysClosedBelowTheShare() {
    end(51, Testimony.FOR);
    end(49, Testimony.AGAINST);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void itOpensAtTheShareOfSlowCalls() {
    for (int i = 0; i < 7; i++) {
      end(enter(), Testimony.FOR, SLOW);
    }
    end(2, Testimony.FOR);
    assertThat(breaker.state()).isEqualTo(State.CLOSED);

    end(enter(), Testimony.FOR, SLOW);

    assertThat(breaker.state()).isEqualTo(State.OPEN);
  }

  @Test
  void faultsThatLeftTheWindowAreForgotten() {
    end(9, Testimony.AGAINST);
    clock.pass(Duration.ofSeconds(11));

    end(9, Testimony.AGAINST);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
  }

  @Test
  void callsThatSayNothingAreNotCounted() {
    end(4, Testimony.FOR);
    end(5, Testimony.AGAINST);

    end(100, Testimony.NONE);

    assertThat(breaker.state()).isEqualTo(State.CLOSED);
    assertThat(breaker.describe()).startsWith("closed: 5 of 9 calls failed (55.6 %)");
  }

  @Test
  void whoAsksForWordsTakesTheNewsFromNobody() {
    end(10, Testimony.AGAINST);
    assertThat(breaker.describe()).startsWith("open since 0 ms: 10 of 10 calls failed");

    assertThat(breaker.change()).isNotNull();
  }

  @Test
  void eachChangeIsToldOnce() {
    assertThat(breaker.change()).isNull();

    end(10, Testimony.AGAINST);
    assertThat(breaker.change())
        .isEqualTo(
            new Change("opened", "10 of 10 calls failed (100 %) and 0 were slow in the last 10 s"));
    assertThat(breaker.change()).isNull();

    clock.pass(OPEN.plusNanos(1));
    Object probe = enter();
    assertThat(breaker.change()).extracting(Change::outcome).isEqualTo("half-opened");
    end(probe, Testimony.FOR, QUICK);
    end(2, Testimony.FOR);
    assertThat(breaker.change()).extracting(Change::outcome).isEqualTo("closed");
  }

  @Test
  void itSaysItsArithmetic() {
    end(84, Testimony.FOR);
    end(3, Testimony.AGAINST);
    assertThat(breaker.describe())
        .isEqualTo(
            "closed: 3 of 87 calls failed (3.4 %) and 0 were slow in the last 10 s; opens when of"
                + " at least 10 calls 50 % failed or 80 % took longer than 500 ms, then stays open"
                + " for 5 s");

    end(100, Testimony.AGAINST);
    assertThat(breaker.change()).isNotNull();
    clock.pass(Duration.ofMillis(1_500));
    assertThat(breaker.tryEnter()).isNull();
    assertThat(breaker.describe())
        .startsWith("open since 1.5 s: ")
        .endsWith("; 3 may probe it in 3.5 s");

    clock.pass(OPEN);
    end(1, Testimony.AGAINST);
    assertThat(breaker.describe())
        .isEqualTo(
            "half-open since 0 ms: 1 of 3 probes have ended, 1 of them failed and 0 were slow");
  }
}
