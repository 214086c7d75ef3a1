package dev.headline.rpc.balance;

import dev.headline.rpc.discovery.Instance;

/**
 * An instance as a balancer sees it.
 *
 * @param instance who answers; its weight is what it can bear relative to its siblings
 * @param since when it began to take calls, on the nanosecond clock; see {@link
 *     SlowStart#established} for one that is no news
 * @param load what is known of its work
 */
public record Node(Instance instance, long since, Load load) {

  /** What it can bear now, above 0: its weight, or a part of that while it is new. */
  double weight(SlowStart slowStart, long now) {
    return instance.weight() * slowStart.factor(since, now);
  }
}
