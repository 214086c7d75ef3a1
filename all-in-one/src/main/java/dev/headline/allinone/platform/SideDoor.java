package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Placement;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.server.GovernedServer;
import io.grpc.BindableService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.ApplicationContext;

/**
 * A Unix socket to a service that otherwise only this process can call, so that the import, a
 * process of its own, works on every topology. The same chain and the same meters.
 */
final class SideDoor implements AutoCloseable {

  private final GovernedServer server;
  private final Address address;

  private SideDoor(GovernedServer server, Address address) {
    this.server = server;
    this.address = address;
  }

  static SideDoor open(Placement placement, ApplicationContext context, Path sockets) {
    Address address = new Address.Unix(sockets.resolve(placement.instance() + ".sock"));
    try {
      GovernedServer server =
          new GovernedServer(
              new Caller(placement.service().serviceName(), Placement.CLUSTER),
              address,
              List.copyOf(context.getBeansOfType(BindableService.class).values()),
              context.getBean(Governance.class),
              false);
      return new SideDoor(server, server.start());
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot listen at " + address, failure);
    }
  }

  Address address() {
    return address;
  }

  @Override
  public void close() {
    server.close();
  }
}
