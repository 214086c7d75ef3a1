package dev.headline.allinone.topology;

import dev.headline.rpc.discovery.Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/** Gives each instance of a topology its addresses. */
public final class Layout {

  private Layout() {}

  /**
   * Places every instance, in the order in which services start.
   *
   * @param topology what runs
   * @param freePort a port that nobody listens on, by chance; drawn again if it is in use here
   * @param sockets the folder for Unix sockets
   */
  public static List<Placement> of(Topology topology, IntSupplier freePort, Path sockets) {
    IntSupplier port = distinct(freePort, topology.port());
    List<Placement> placements = new ArrayList<>();
    for (Service service : Service.values()) {
      for (String instance : topology.instancesOf(service)) {
        placements.add(
            service.isBackend()
                ? backend(topology, service, instance, port, sockets)
                : gateway(topology, instance, port));
      }
    }
    return List.copyOf(placements);
  }

  /** Nobody listens yet on a port that was given out, so it is as free as any at the next draw. */
  private static IntSupplier distinct(IntSupplier freePort, int taken) {
    Set<Integer> used = new HashSet<>(Set.of(taken));
    return () -> {
      int port = freePort.getAsInt();
      while (!used.add(port)) {
        port = freePort.getAsInt();
      }
      return port;
    };
  }

  private static Placement backend(
      Topology topology, Service service, String instance, IntSupplier freePort, Path sockets) {
    Address rpc =
        switch (topology.transport()) {
          case TCP -> new Address.Tcp("127.0.0.1", freePort.getAsInt());
          case UNIX -> new Address.Unix(sockets.resolve(instance + ".sock"));
          case IN_PROCESS -> new Address.InProcess(instance);
        };
    int port = freePort.getAsInt();
    return new Placement(service, instance, Optional.of(rpc), port, port);
  }

  private static Placement gateway(Topology topology, String instance, IntSupplier freePort) {
    boolean first = instance.equals(topology.instancesOf(Service.GATEWAY).getFirst());
    int port = first && topology.port() != 0 ? topology.port() : freePort.getAsInt();
    return new Placement(Service.GATEWAY, instance, Optional.empty(), port, freePort.getAsInt());
  }
}
