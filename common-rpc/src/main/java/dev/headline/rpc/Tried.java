package dev.headline.rpc;

import dev.headline.rpc.discovery.Instance;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The instances that the attempts of one call have gone to, so that each further attempt goes to
 * another. Safe for many threads, because hedges run beside each other.
 */
public final class Tried {

  private final List<Instance> instances = new CopyOnWriteArrayList<>();

  /** Notes that an attempt goes to an instance. */
  public void add(Instance instance) {
    instances.add(instance);
  }

  /** Whether an attempt has gone to the instance. */
  public boolean contains(Instance instance) {
    return instances.contains(instance);
  }

  /** All of them, in order. */
  public List<Instance> instances() {
    return List.copyOf(instances);
  }
}
