package dev.headline.rpc.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.HandClock;
import dev.headline.rpc.OneCall;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Two instances that calls of one client judge, by a clock that a test moves. */
abstract class Judged {

  static final Duration OPEN = Duration.ofSeconds(5);
  static final EjectionPolicy.Rates POLICY =
      new EjectionPolicy.Rates(50, 10, 3, Duration.ofSeconds(10), OPEN, 50);

  final HandClock clock = new HandClock();
  final OneCall calls = new OneCall(CallPolicy.DEFAULT.with(POLICY));
  final Siblings siblings = new Siblings(clock);
  final Outlier first = join("users-1");
  final Outlier second = join("users-2");

  void eject(Outlier outlier) {
    end(outlier, 3, Testimony.AGAINST);
    assertThat(outlier.isUsable()).isFalse();
  }

  Call<?, ?> probe(Outlier outlier) {
    if (outlier.isUsable()) {
      eject(outlier);
      clock.pass(OPEN);
    }
    Call<?, ?> probe = calls.call();
    assertThat(outlier.tryProbe(probe)).isTrue();
    return probe;
  }

  @Nullable Change end(Outlier outlier, int count, Testimony testimony) {
    Change last = null;
    for (int i = 0; i < count; i++) {
      last = end(calls.call(), outlier, testimony);
    }
    return last;
  }

  @Nullable Change end(Call<?, ?> call, Outlier outlier, Testimony testimony) {
    return outlier.ended(call, testimony, clock.getAsLong(), POLICY);
  }

  Outlier join(String id) {
    return siblings.join(instance(id));
  }

  static Instance instance(String id) {
    return new Instance(
        id,
        "user-service",
        CallKey.DEFAULT_CLUSTER,
        new Address.InProcess(id),
        Instance.DEFAULT_WEIGHT);
  }
}
