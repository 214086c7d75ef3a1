package dev.headline.feed;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.discovery.Registry;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import io.grpc.BindableService;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Services in this process that find and call each other as they would anywhere. */
final class Platform implements AutoCloseable {

  private static final PolicyTable PATIENT =
      new PolicyTable(CallPolicy.within(Duration.ofSeconds(30)), List.of());

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Clients clients;
  private final LocalDirectory directory;
  private final Governance governance = Governance.of(PATIENT, new RpcMeters(meters));
  private final List<Registry.Registration> registrations = new ArrayList<>();
  private final List<GovernedServer> servers = new ArrayList<>();

  /** Services that nobody else finds. */
  Platform() {
    this(LocalDirectory.alone());
  }

  Platform(LocalDirectory directory) {
    this.directory = directory;
    clients = new Clients(new Caller("feed-service", "default"), directory, governance);
  }

  void serve(String service, BindableService contract) throws IOException {
    var server =
        new GovernedServer(
            new Caller(service, "default"),
            Address.parse("in-process:" + UUID.randomUUID()),
            List.of(contract),
            governance,
            false);
    servers.add(server);
    registrations.add(
        directory.register(
            new Instance(service, service, "default", server.start(), Instance.DEFAULT_WEIGHT)));
  }

  @Override
  public void close() {
    registrations.forEach(Registry.Registration::close);
    clients.close();
    servers.forEach(GovernedServer::close);
  }
}
