package dev.headline.rpc.policy;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What lives under one part of a policy, such as a breaker with its window: made when the part is
 * first seen, and kept as long as the part stays equal. So a new policy table forgets only what it
 * changes. Not safe for many threads.
 *
 * @param <P> the part of the policy
 * @param <S> what lives under it
 */
public final class Kept<P, S> {

  private final Function<P, S> make;
  private @Nullable P policy;
  private @Nullable S kept;

  /**
   * @param make makes what a part needs
   */
  public Kept(Function<P, S> make) {
    this.make = make;
  }

  /**
   * What lives under this part: the same as last time if the part is equal to that of last time.
   */
  public S under(P part) {
    S last = kept;
    if (last != null && part.equals(policy)) {
      return last;
    }
    S made = make.apply(part);
    policy = part;
    kept = made;
    return made;
  }
}
