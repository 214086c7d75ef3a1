package dev.headline.rpc.server;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Gauge;
import dev.headline.rpc.Governance;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.telemetry.PathGauges;
import dev.headline.rpc.transport.Listeners;
import dev.headline.rpc.transport.Timers;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves gRPC services on one address, each unary method through the server chain. Any gRPC client
 * may call.
 *
 * <p>gRPC's own health service is always there; what it says follows {@link #drain}.
 */
public final class GovernedServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GovernedServer.class);

  private static final Duration FAREWELL = Duration.ofSeconds(1);

  private final Address asked;
  private final Server server;
  private final List<Callers> methods = new ArrayList<>();
  private final Arriving arriving = new Arriving(Timers::alarm);
  private final HandlersOut handlers = new HandlersOut();
  private final PathGauges gauges;
  private final HealthStatusManager health = new HealthStatusManager();

  /**
   * @param self the service that this is, as callers count it
   * @param address where to listen
   * @param services what to serve; their handlers are blocking code and answer before they return
   * @param governance how calls are governed and counted
   * @param reflection whether tools may ask what is served; for development
   * @throws IOException if the address cannot be prepared
   */
  public GovernedServer(
      Caller self,
      Address address,
      List<? extends BindableService> services,
      Governance governance,
      boolean reflection)
      throws IOException {
    this.asked = address;
    ServerBuilder<?> builder = Listeners.prepare(address);
    RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    var admission = new Admission(self, System::nanoTime, random);
    this.gauges = governance.meters().gauges(self);
    gauges.showAll(gaugesOf(admission.capacity()));
    for (BindableService service : services) {
      builder.addService(govern(service.bindService(), self, governance, admission));
    }
    builder.addService(health.getHealthService());
    if (reflection) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    this.server = builder.build();
  }

  /**
   * Begins to listen.
   *
   * @return where it can be reached: the address asked for, with the port that was chosen
   * @throws IOException if the address is taken or may not be listened on
   */
  public Address start() throws IOException {
    server.start();
    return Listeners.actual(asked, server);
  }

  /** All that is known of the calls that came so far, by five-tuple. */
  public List<Explanation> explanations() {
    return methods.stream().flatMap(callers -> callers.explanations().stream()).toList();
  }

  /**
   * Stops taking calls, lets those that are here finish, and cancels what has not finished in time.
   * Blocks until then, also for handlers whose callers have gone: what they use may be closed when
   * this returns. Whatever was cancelled has a second to end; a handler that does not listen to its
   * cancellation outlives that, and a line in the log says so.
   *
   * @param patience how long calls may go on
   */
  public void drain(Duration patience) {
    health.enterTerminalState();
    server.shutdown();
    try {
      long start = System.nanoTime();
      if (!server.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        server.shutdownNow();
        server.awaitTermination(FAREWELL.toNanos(), TimeUnit.NANOSECONDS);
      }
      Duration left = patience.plus(FAREWELL).minusNanos(System.nanoTime() - start);
      if (!handlers.awaitNone(left)) {
        log.warn("{} handlers still run, although their calls are over", handlers.count());
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      gauges.showAll(List.of());
    }
  }

  /** Stops at once; calls that are here are cancelled. */
  @Override
  public void close() {
    server.shutdownNow();
    gauges.showAll(List.of());
  }

  private static List<Gauge> gaugesOf(Capacity capacity) {
    return List.of(
        new Gauge(MetricNames.SERVER_IN_FLIGHT, capacity::inFlight),
        new Gauge(MetricNames.SERVER_LIMIT, () -> shown(capacity.limit())));
  }

  private static double shown(int limit) {
    return limit == Integer.MAX_VALUE ? Double.NaN : limit;
  }

  private ServerServiceDefinition govern(
      ServerServiceDefinition plain, Caller self, Governance governance, Admission admission) {
    var governed = ServerServiceDefinition.builder(plain.getServiceDescriptor());
    for (ServerMethodDefinition<?, ?> method : plain.getMethods()) {
      governed.addMethod(govern(method, self, governance, admission));
    }
    return governed.build();
  }

  private <Q, R> ServerMethodDefinition<Q, R> govern(
      ServerMethodDefinition<Q, R> plain, Caller self, Governance governance, Admission admission) {
    MethodDescriptor<Q, R> method = plain.getMethodDescriptor();
    String name = method.getBareMethodName();
    if (method.getType() != MethodType.UNARY || name == null) {
      throw new IllegalArgumentException(
          method.getFullMethodName() + " streams; only unary methods are governed");
    }
    var served =
        new ServedMethod(
            self, name, new Handle(plain.getServerCallHandler()), governance, admission);
    var callers = new Callers(governance.policies(), served::pathOf, served.malformed());
    methods.add(callers);
    return plain.withServerCallHandler(new UnaryHandler<>(callers, arriving, handlers));
  }
}
