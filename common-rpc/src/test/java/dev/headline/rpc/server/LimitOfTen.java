package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Priority;
import dev.headline.rpc.server.AdaptiveLimit.Bounds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a server whose limit stays ten has room for. */
abstract class LimitOfTen {

  static final Caller GATEWAY = new Caller("gateway", "default");
  static final Caller SEARCH = new Caller("search", "default");

  final AtomicLong clock = new AtomicLong(-5_000);
  final Capacity capacity = limitedTo(10);

  Capacity limitedTo(int requests) {
    var limited = new Capacity(clock::get);
    limited.limit(new AdaptiveLimit(new Bounds(requests, requests, requests)));
    return limited;
  }

  @Nullable Permit enter(Priority priority, Caller caller) {
    return capacity.enter(capacity.rank(priority), capacity.share(caller), 50);
  }

  Deque<Permit> fill(Caller caller, int requests) {
    return fill(Priority.DEFAULT, caller, requests);
  }

  void fillCritical(Caller caller, int requests) {
    fill(Priority.CRITICAL, caller, requests);
  }

  Deque<Permit> fill(Priority priority, Caller caller, int requests) {
    Deque<Permit> held = new ArrayDeque<>();
    for (int i = 0; i < requests; i++) {
      Permit permit = enter(priority, caller);
      assertThat(permit).isNotNull();
      held.add(permit == null ? Permit.FREE : permit);
    }
    return held;
  }
}
