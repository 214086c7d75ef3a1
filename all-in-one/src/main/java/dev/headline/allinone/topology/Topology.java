package dev.headline.allinone.topology;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which services run, how many instances of each, where, and how they reach each other.
 *
 * @param transport how instances call each other
 * @param hosting where instances live
 * @param port where the first gateway listens; 0 for any free port
 * @param instances how many instances of each service, 1 to 9; a service not named has one
 */
public record Topology(
    Transport transport, Hosting hosting, int port, Map<Service, Integer> instances) {

  /** Where the gateway listens unless it is said otherwise. */
  public static final int DEFAULT_PORT = 8080;

  private static final int MOST_INSTANCES = 9;

  public Topology {
    if (transport == Transport.IN_PROCESS && hosting == Hosting.OWN_JVM) {
      throw new IllegalArgumentException("JVMs of their own cannot call each other in process");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("A port is 0 to 65535, not " + port);
    }
    Map<Service, Integer> counts = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      int count = instances.getOrDefault(service, 1);
      if (count < 1 || count > MOST_INSTANCES) {
        throw new IllegalArgumentException(
            "%s can have 1 to %d instances, not %d"
                .formatted(service.serviceName(), MOST_INSTANCES, count));
      }
      counts.put(service, count);
    }
    instances = Map.copyOf(counts);
  }

  /** A JVM for each instance, calls over TCP. */
  public static Topology distributed() {
    return new Topology(Transport.TCP, Hosting.OWN_JVM, DEFAULT_PORT, Map.of());
  }

  /** A JVM for each instance, calls over Unix domain sockets. */
  public static Topology unix() {
    return new Topology(Transport.UNIX, Hosting.OWN_JVM, DEFAULT_PORT, Map.of());
  }

  /** All services in one JVM, calls without a network. */
  public static Topology merged() {
    return new Topology(Transport.IN_PROCESS, Hosting.SHARED_JVM, DEFAULT_PORT, Map.of());
  }

  /** The same with that many instances of a service. */
  public Topology with(Service service, int count) {
    Map<Service, Integer> counts = new EnumMap<>(instances);
    counts.put(service, count);
    return new Topology(transport, hosting, port, counts);
  }

  /** The same with another port for the gateway. */
  public Topology at(int otherPort) {
    return new Topology(transport, hosting, otherPort, instances);
  }

  /** The same with all services in the JVM of the platform. */
  public Topology inThisJvm() {
    return new Topology(transport, Hosting.SHARED_JVM, port, instances);
  }

  /** The names of all instances of a service: {@code content-service-1} and so on. */
  public List<String> instancesOf(Service service) {
    List<String> ids = new ArrayList<>();
    for (int number = 1; number <= instances.getOrDefault(service, 1); number++) {
      ids.add(service.serviceName() + "-" + number);
    }
    return List.copyOf(ids);
  }

  /** One line that is equal for equal topologies, in the words of the command line. */
  public String describe() {
    StringBuilder line =
        new StringBuilder(
            switch (transport) {
              case TCP -> "distributed";
              case UNIX -> "--unix";
              case IN_PROCESS -> "--merged";
            });
    for (Service service : Service.values()) {
      int count = instances.getOrDefault(service, 1);
      if (count > 1) {
        line.append(" --with ").append(service.serviceName()).append('=').append(count);
      }
    }
    return line.append(" --port ").append(port).toString();
  }
}
