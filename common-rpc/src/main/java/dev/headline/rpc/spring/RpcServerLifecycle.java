package dev.headline.rpc.spring;

import dev.headline.rpc.Governance;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.Registry;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.server.GovernedServer;
import io.grpc.BindableService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The life of an instance. Start: everything else is up, then listen, then become known. Stop: say
 * not ready, take back the registration, wait until everybody has heard, drain, close. In this
 * order no call meets a closed door.
 */
final class RpcServerLifecycle implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(RpcServerLifecycle.class);

  private final RpcProperties properties;
  private final List<BindableService> services;
  private final Governance governance;
  private final Registry registry;
  private final ApplicationContext application;
  private volatile @Nullable Running running;

  RpcServerLifecycle(
      RpcProperties properties,
      List<BindableService> services,
      Governance governance,
      Registry registry,
      ApplicationContext application) {
    this.properties = properties;
    this.services = services;
    this.governance = governance;
    this.registry = registry;
    this.application = application;
  }

  @Override
  public void start() {
    try {
      var server =
          new GovernedServer(
              properties.self(),
              Address.parse(properties.listen()),
              services,
              governance,
              properties.reflection());
      running = started(server);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot listen at " + properties.listen(), e);
    }
  }

  /** Nobody would know of a server that listens and is not registered, and nothing end it. */
  private Running started(GovernedServer server) throws IOException {
    try {
      Instance self = instance(server.start());
      log.info("{} listens at {}", self.id(), self.address());
      return new Running(server, registry.register(self));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public void stop() {
    Running stopping = running;
    if (stopping == null) {
      return;
    }
    AvailabilityChangeEvent.publish(application, ReadinessState.REFUSING_TRAFFIC);
    try {
      stopping.registration().close();
      pause(properties.spread().toNanos());
    } finally {
      stopping.server().drain(properties.drain());
      running = null;
    }
    log.info("{} is drained", properties.instanceId());
  }

  @Override
  public boolean isRunning() {
    return running != null;
  }

  /** All that the server knows of the calls that came; nothing while it does not run. */
  List<Explanation> explanations() {
    Running serving = running;
    return serving == null ? List.of() : serving.server().explanations();
  }

  /** Last to start and first to stop. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }

  private Instance instance(Address listening) {
    return new Instance(
        properties.instanceId(),
        properties.service(),
        properties.cluster(),
        advertised(listening),
        Instance.DEFAULT_WEIGHT);
  }

  private Address advertised(Address listening) {
    String advertise = properties.advertise();
    if (advertise == null) {
      return listening;
    }
    Address address = Address.parse(advertise);
    return address instanceof Address.Tcp(String host, int port)
            && port == 0
            && listening instanceof Address.Tcp(String _, int chosen)
        ? new Address.Tcp(host, chosen)
        : address;
  }

  private void pause(long nanos) {
    long start = System.nanoTime();
    long left = nanos;
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(this, left);
      left = nanos - (System.nanoTime() - start);
    }
  }

  private record Running(GovernedServer server, Registry.Registration registration) {}
}
