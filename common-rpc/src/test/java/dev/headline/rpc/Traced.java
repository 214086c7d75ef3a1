package dev.headline.rpc;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.telemetry.RpcSpans;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Services that call each other, in one process and with one trace exporter that remembers. */
final class Traced implements AutoCloseable {

  private static final Duration LONG = Duration.ofSeconds(20);

  final Policies policies = new Policies(PolicyTable.DEFAULT);
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final RpcMeters meters = new RpcMeters(registry);
  final RpcSpans spans;
  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final SdkTracerProvider tracers;
  private final LocalDirectory directory = LocalDirectory.alone();
  private final Governance governance;
  private final List<GovernedServer> servers = new ArrayList<>();
  private final List<Clients> callers = new ArrayList<>();

  /**
   * @param sampler which traces are recorded
   * @param suites links that stand in every chain
   */
  Traced(Sampler sampler, Suite... suites) {
    tracers =
        SdkTracerProvider.builder()
            .setSampler(sampler)
            .addSpanProcessor(SimpleSpanProcessor.create(exporter))
            .build();
    spans = RpcSpans.of(tracers);
    governance = Governance.of(policies, meters).with(spans).with(List.of(suites));
  }

  /** A service that answers as told. */
  void serve(String service, Function<BatchGetRequest, BatchGetResponse> answer)
      throws IOException {
    var users = new Users();
    users.answer = answer;
    var server =
        new GovernedServer(
            new Caller(service, "default"),
            new Address.InProcess(UUID.randomUUID().toString()),
            List.of(users),
            governance,
            false);
    servers.add(server);
    directory.register(
        new Instance(service + "-1", service, "default", server.start(), Instance.DEFAULT_WEIGHT));
  }

  /** What one service calls another by. */
  UserServiceGrpc.UserServiceBlockingStub stub(String from, String to) {
    var clients = new Clients(new Caller(from, "default"), directory, governance);
    callers.add(clients);
    var stub = UserServiceGrpc.newBlockingStub(clients.channel(to));
    Awaitility.await().until(() -> clients.isReady(to));
    return stub;
  }

  /** Calls beside each other, each on a thread of its own, and waits for all of them. */
  static BatchGetResponse fanOut(int times, UserServiceGrpc.UserServiceBlockingStub stub) {
    List<Fork<BatchGetResponse>> forks =
        IntStream.range(0, times)
            .mapToObj(i -> RequestContext.current().fork(() -> stub.batchGet(Users.ask(i))))
            .toList();
    forks.forEach(Fork::join);
    return BatchGetResponse.getDefaultInstance();
  }

  /** Does work as a request that has long to live. */
  static <T> T asRequest(Supplier<T> work) {
    try (var request = Pair.request(LONG)) {
      return request.context().call(work);
    }
  }

  /** The spans that have ended, once there are so many. */
  List<SpanData> spans(int count) {
    Awaitility.await().until(() -> exporter.getFinishedSpanItems().size() >= count);
    return exporter.getFinishedSpanItems();
  }

  /** Tells so much from the next call on. */
  void tell(Detail detail) {
    policies.publish(new PolicyTable(CallPolicy.within(LONG).with(detail), List.of()));
  }

  /** How many attempts were counted one by one. */
  long attempts() {
    return registry.find(MetricNames.ATTEMPT_DURATION).timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  /** How many attempts had this phase timed. */
  long phases(String phase) {
    return registry.get(MetricNames.PHASE_DURATION).tag("phase", phase).timer().count();
  }

  void forget() {
    exporter.reset();
  }

  @Override
  public void close() {
    callers.forEach(Clients::close);
    servers.forEach(GovernedServer::close);
    tracers.close();
  }
}
