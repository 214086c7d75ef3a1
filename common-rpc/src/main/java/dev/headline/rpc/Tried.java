package dev.headline.rpc;

import dev.headline.rpc.discovery.Instance;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * The instances that the attempts of one call have gone to, so that each further attempt goes to
 * another. Safe for many threads, because hedges run beside each other.
 */
public final class Tried {

  private final AtomicReference<List<Instance>> instances = new AtomicReference<>(List.of());

  /** Notes that an attempt goes to an instance. */
  public void add(Instance instance) {
    List<Instance> before = instances.get();
    // Nearly every call has one attempt.
    if (!before.isEmpty() || !instances.compareAndSet(before, List.of(instance))) {
      instances.updateAndGet(many -> Stream.concat(many.stream(), Stream.of(instance)).toList());
    }
  }

  /** Whether an attempt has gone to the instance. */
  public boolean contains(Instance instance) {
    return instances.get().contains(instance);
  }

  /** All of them, in order. */
  public List<Instance> instances() {
    return instances.get();
  }
}
