package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.AccessPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyDocument;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Who may call a server, and what becomes of those who may not. */
@ParameterizedClass
@EnumSource
class AccessTest extends OverEachTransport {

  private static final CallPolicy DENIED = CallPolicy.within(LONG).with(AccessPolicy.DENY);

  AccessTest(Transport transport) {
    super(transport);
  }

  @Test
  void aCallerThatIsDeniedReachesNoHandlerAndIsToldNotToComeBack() throws IOException {
    startAnew(new Pair(DENIED));

    RpcException refusal = failureOfCall();

    assertThat(refusal.code()).isEqualTo(RpcCode.PERMISSION_DENIED);
    assertThat(refusal).hasMessage("gateway/default may not call user-service BatchGet");
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(refusal.pushback()).isEqualTo(Pushback.NEVER);
    assertThat(users.calls).hasValue(0);
  }

  @Test
  void aListThatDeniesLetsInWhomALaterRuleNames() throws IOException {
    startAnew(
        new Pair(
            new PolicyTable(
                CallPolicy.within(LONG),
                PolicyDocument.read(
                    "test",
                    """
                    rules:
                      - access: deny
                      - match: {from: gateway, method: BatchGet}
                        access: allow
                    """))));
    Address address = pair.addresses.getFirst();

    assertThat(call("gateway/default;1", address)).isEqualTo(RpcCode.OK);
    assertThat(call("search/default;1", address)).isEqualTo(RpcCode.PERMISSION_DENIED);
    assertThat(call(null, address)).isEqualTo(RpcCode.PERMISSION_DENIED);
    assertThat(users.calls).hasValue(1);
  }

  @Test
  void theNextCallIsDeniedOnceThePolicySaysSo() {
    Address address = pair.addresses.getFirst();
    assertThat(call("gateway/default;1", address)).isEqualTo(RpcCode.OK);

    pair.governance.policies().publish(new PolicyTable(DENIED, List.of()));

    assertThat(call("gateway/default;1", address)).isEqualTo(RpcCode.PERMISSION_DENIED);
    assertThat(users.calls).hasValue(1);
  }

  @Test
  void aCallerThatSaysNothingOfItselfOrNothingThatCanBeReadIsDeniedByAListThatDenies()
      throws IOException {
    startAnew(new Pair(DENIED));

    assertThat(call(null, pair.addresses.getFirst())).isEqualTo(RpcCode.PERMISSION_DENIED);
    assertThat(call("gateway/default;+1", pair.addresses.getFirst()))
        .isEqualTo(RpcCode.PERMISSION_DENIED);
    assertThat(users.calls).hasValue(0);
  }

  @Test
  void callersWithoutANameHaveOneLineInTheLogHoweverTheyHideIt() throws IOException {
    pair.close();
    pair = new Pair(DENIED);
    serve();
    Address address = pair.addresses.getFirst();
    var logger = (Logger) LoggerFactory.getLogger("dev.headline.rpc.server.AuditLog");
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    try {
      for (@Nullable String header :
          new @Nullable String[] {null, "gateway/default;+1", "unknown/default;1"}) {
        assertThat(call(header, address)).isEqualTo(RpcCode.PERMISSION_DENIED);
      }
    } finally {
      logger.detachAppender(lines);
    }

    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "unknown/default → user-service/default BatchGet: denied by policy (1 so far)");
  }

  @Test
  void anApplicationMayDenyMore() throws IOException {
    try (var server = checked(call -> !call.origin().caller().service().equals("search"))) {
      Address address = server.start();
      assertThat(call("gateway/default;1", address)).isEqualTo(RpcCode.OK);
      assertThat(call("search/default;1", address)).isEqualTo(RpcCode.PERMISSION_DENIED);
    }
    assertThat(users.calls).hasValue(1);
  }

  @Test
  void anApplicationJudgesByWhatTheRequestBringsAlong() throws IOException {
    try (var server = checked(call -> call.origin().baggage().persistent().containsKey("tenant"))) {
      Address address = server.start();
      var headers = new Metadata();
      assertThat(callWith(headers, address)).isEqualTo(RpcCode.PERMISSION_DENIED);

      Baggage tenant = Baggage.EMPTY.withPersistent("tenant", "one");
      headers.put(BaggageText.HEADER, BaggageText.write(tenant));
      assertThat(callWith(headers, address)).isEqualTo(RpcCode.OK);
    }
    assertThat(users.calls).hasValue(1);
  }

  @Test
  void noCheckIsAskedOfBaggageThatCannotBeRead() throws IOException {
    try (var server = checked(_ -> true)) {
      var headers = new Metadata();
      headers.put(BaggageText.HEADER, "no baggage");
      assertThat(callWith(headers, server.start())).isEqualTo(RpcCode.INVALID_ARGUMENT);
    }
    assertThat(users.calls).hasValue(0);
  }

  @Test
  void anApplicationCannotAllowWhatThePolicyDenies() throws IOException {
    pair.close();
    pair = new Pair(DENIED);
    try (var server = checked(AccessCheck.NONE)) {
      assertThat(call("gateway/default;1", server.start())).isEqualTo(RpcCode.PERMISSION_DENIED);
    }
    assertThat(users.calls).hasValue(0);
  }

  @Test
  void aCheckThatFailsDenies() throws IOException {
    try (var server =
        checked(
            call -> {
              throw new IllegalStateException("No list of callers");
            })) {
      assertThat(call("gateway/default;1", server.start())).isEqualTo(RpcCode.PERMISSION_DENIED);
    }
    assertThat(users.calls).hasValue(0);
  }

  @Test
  void aDeniedCallCostsNoThreadAndIsCounted() throws IOException {
    var counted = new AtomicReference<Thread>();
    pair.close();
    pair = new Pair(DENIED);
    pair.meters
        .config()
        .onMeterAdded(
            meter -> {
              if (meter.getId().getName().equals(MetricNames.SERVER_DURATION)) {
                counted.set(Thread.currentThread());
              }
            });
    serve();

    assertThat(failureOfCall().code()).isEqualTo(RpcCode.PERMISSION_DENIED);

    assertThat(counted.get()).isNotNull();
    assertThat(counted.get().isVirtual()).isFalse();
    assertThat(pair.series(MetricNames.SERVER_DURATION))
        .singleElement()
        .asString()
        .contains("code=PERMISSION_DENIED", "from=gateway");
  }

  @Test
  void aSidecarDoesNotDecideWhomAServerLetsIn() throws IOException {
    Governance behindSidecar = pair.governance.inMesh();
    try (var server = server(behindSidecar.with(call -> false))) {
      assertThat(call("gateway/default;1", server.start())).isEqualTo(RpcCode.PERMISSION_DENIED);
    }
    pair.governance.policies().publish(new PolicyTable(DENIED, List.of()));
    try (var server = server(behindSidecar)) {
      assertThat(call("gateway/default;1", server.start())).isEqualTo(RpcCode.PERMISSION_DENIED);
    }
    assertThat(users.calls).hasValue(0);
  }

  @Test
  void callersWithoutANameAreExplainedOnceOneHasCalled() throws IOException {
    try (var server = server(pair.governance)) {
      Address address = server.start();
      assertThat(server.explanations()).isEmpty();

      call(null, address);
      call(null, address);
      assertThat(callers(server)).containsExactly("unknown");

      call("gateway/default;+1", address);
      assertThat(callers(server)).containsExactly("unknown", "unknown");
    }
  }

  private static List<String> callers(GovernedServer server) {
    return server.explanations().stream().map(each -> each.key().from()).toList();
  }

  private GovernedServer checked(AccessCheck check) throws IOException {
    return server(pair.governance.with(check));
  }

  private GovernedServer server(Governance governance) throws IOException {
    return new GovernedServer(Pair.USER_SERVICE, address(), List.of(users), governance, false);
  }

  private static RpcCode call(@Nullable String header, Address address) {
    var headers = new Metadata();
    if (header != null) {
      headers.put(CallHeader.KEY, header);
    }
    return callWith(headers, address);
  }

  private static RpcCode callWith(Metadata headers, Address address) {
    ManagedChannel plain = Channels.open(address);
    try {
      var stub =
          UserServiceGrpc.newBlockingStub(plain)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
      var failure =
          catchThrowableOfType(StatusRuntimeException.class, () -> stub.batchGet(Users.ask(1)));
      return failure == null ? RpcCode.OK : RpcException.from(failure).code();
    } finally {
      plain.shutdownNow();
    }
  }
}
