package dev.headline.rpc.discovery;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A directory that is written down: it never changes and depends on nothing. For a machine without
 * a registry, for names that somebody else resolves, and for tests.
 *
 * <p>A service that is not written down has no instances.
 */
public final class FixedDirectory implements Directory {

  private final Map<String, List<Instance>> instances;

  private FixedDirectory(Map<String, List<Instance>> instances) {
    this.instances = instances;
  }

  /**
   * A directory of the given addresses, whose instances are numbered from one, such as {@code
   * content-service-1}, and have the usual weight.
   *
   * @param cluster the cluster of all of them
   * @param addresses the addresses of each service, by its name
   * @throws IllegalArgumentException if a name cannot be one
   */
  public static FixedDirectory of(String cluster, Map<String, List<Address>> addresses) {
    return new FixedDirectory(
        addresses.entrySet().stream()
            .collect(
                toUnmodifiableMap(
                    Map.Entry::getKey, e -> numbered(cluster, e.getKey(), e.getValue()))));
  }

  private static List<Instance> numbered(String cluster, String service, List<Address> addresses) {
    return IntStream.range(0, addresses.size())
        .mapToObj(
            i ->
                new Instance(
                    service + "-" + (i + 1),
                    service,
                    cluster,
                    addresses.get(i),
                    Instance.DEFAULT_WEIGHT))
        .toList();
  }

  @Override
  public Watch watch(String service, Consumer<List<Instance>> listener) {
    listener.accept(instances.getOrDefault(service, List.of()));
    return () -> {};
  }

  /** Does nothing: a directory that never changes has nothing to end. */
  @Override
  public void close() {}
}
