package dev.headline.rpc.breaker;

import dev.headline.rpc.policy.EjectionPolicy;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What speaks against one instance. All methods of a client add to it, because an instance that
 * hangs, hangs for all of them; but methods that judge by different policies count apart. Safe for
 * many threads.
 */
final class Evidence {

  private final NanoClock clock;
  // Nearly always there is one, and to look through the few is cheaper than to look one up.
  private volatile List<Window> windows = List.of();

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

  private Window under(EjectionPolicy.Rates policy) {
    Window found = find(policy);
    return found == null ? add(policy) : found;
  }

  private @Nullable Window find(EjectionPolicy.Rates policy) {
    List<Window> known = windows;
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).policy().equals(policy)) {
        return known.get(i);
      }
    }
    return null;
  }

  private synchronized Window add(EjectionPolicy.Rates policy) {
    Window beaten = find(policy);
    if (beaten != null) {
      return beaten;
    }
    var made = new Window(policy, clock);
    windows = Stream.concat(windows.stream(), Stream.of(made)).toList();
    return made;
  }
}
