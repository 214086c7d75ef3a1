package dev.headline.rpc.breaker;

import dev.headline.rpc.policy.EjectionPolicy;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against one instance. All methods of a client add to it, because an instance that
 * hangs, hangs for all of them; but methods that judge by different policies count apart. Safe for
 * many threads.
 */
final class Evidence {

  private final NanoClock clock;
  private final ConcurrentMap<EjectionPolicy.Rates, Window> windows = new ConcurrentHashMap<>();
  private volatile @Nullable Window latest;

  Evidence(NanoClock clock) {
    this.clock = clock;
  }

  /**
   * Hears how a call ended.
   *
   * @return why this is too much by its policy; null if it is not
   */
  @Nullable String hear(Testimony testimony, EjectionPolicy.Rates policy) {
    return switch (testimony) {
      case NONE -> null;
      case FOR -> {
        under(policy).heardFor();
        yield null;
      }
      case AGAINST -> under(policy).heardAgainst();
    };
  }

  // Nearly always there is one policy, and nothing to look up.
  private Window under(EjectionPolicy.Rates policy) {
    Window known = latest;
    if (known != null && known.policy().equals(policy)) {
      return known;
    }
    Window found = windows.computeIfAbsent(policy, part -> new Window(part, clock));
    latest = found;
    return found;
  }
}
