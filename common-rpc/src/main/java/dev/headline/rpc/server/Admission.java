package dev.headline.rpc.server;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.Kept;
import dev.headline.rpc.policy.Policies;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a server's {@link Capacity} under the policy that holds now.
 *
 * <p>A server has one limit, whoever calls whatever: that of the rules that speak of all callers
 * and all methods of the service. A rule for some of them does not change it; such a rule can turn
 * admission off for calls that should not be counted, such as those that wait for a change by
 * design, or give a caller another share. What was learned is kept as long as the bounds are equal.
 */
final class Admission {

  /** Stands for any caller and any method: only rules that do not name one speak of it. */
  private static final String ANY = "*";

  private final CallKey everything;
  private final Capacity capacity;
  private final RandomGenerator random;
  private final Kept<AdaptiveLimit.Bounds, AdaptiveLimit> limit = new Kept<>(AdaptiveLimit::new);
  private long edition;

  /**
   * @param self the service
   * @param nanoClock like {@link System#nanoTime()}
   * @param random for pauses; asked by many threads
   */
  Admission(Caller self, LongSupplier nanoClock, RandomGenerator random) {
    this.everything = new CallKey(ANY, ANY, self.service(), self.cluster(), ANY);
    this.capacity = new Capacity(nanoClock);
    this.random = random;
  }

  /** Puts the capacity under these policies if they are newer than those that it is under. */
  synchronized void follow(Policies.Edition policies) {
    if (policies.number() > edition) {
      edition = policies.number();
      capacity.limit(limit(policies.table().policyOf(everything).admission()));
    }
  }

  /** The link for the calls of one caller to one method. */
  LoadShedding link(AdmissionPolicy policy, Caller caller) {
    return new LoadShedding(policy, capacity, capacity.share(caller), random);
  }

  Capacity capacity() {
    return capacity;
  }

  private @Nullable AdaptiveLimit limit(AdmissionPolicy policy) {
    return switch (policy) {
      case AdmissionPolicy.Off _ -> null;
      case AdmissionPolicy.Adaptive adaptive ->
          limit.under(
              new AdaptiveLimit.Bounds(adaptive.initial(), adaptive.least(), adaptive.most()));
    };
  }
}
