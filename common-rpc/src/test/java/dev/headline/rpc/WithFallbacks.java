package dev.headline.rpc;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.user.v1.UserServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client whose calls a stand-in answers when they fail. Each test runs over each transport. */
abstract class WithFallbacks extends OverEachTransport {

  final Fallbacks fallbacks =
      Fallbacks.NONE.with(
          UserServiceGrpc.getBatchGetMethod(),
          (request, failure) -> Users.named("stand-in for " + failure.code()));
  Governance governed = pair.governance.with(fallbacks);
  Clients clients = new Clients(Pair.GATEWAY, pair.directory, governed);
  UserServiceBlockingStub stub = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));

  WithFallbacks(Transport transport) {
    super(transport);
  }

  @BeforeEach
  void connect() {
    Awaitility.await().until(() -> clients.isReady("user-service"));
  }

  @AfterEach
  void disconnect() {
    clients.close();
  }

  static String ask(Clients by) {
    var its = UserServiceGrpc.newBlockingStub(by.channel("user-service"));
    return its.batchGet(Users.ask(1)).getUsers(0).getDisplayName();
  }

  void publish(CallPolicy policy) {
    governed.policies().publish(new PolicyTable(policy, List.of()));
  }

  void failing(RpcCode code) {
    users.answer =
        request -> {
          throw new RpcException(code, "On purpose");
        };
  }

  String name() {
    return stub.batchGet(Users.ask(1)).getUsers(0).getDisplayName();
  }

  static void within(Consumer<RequestContext> work) {
    try (var request = Pair.request(LONG)) {
      request.context().run(() -> work.accept(request.context()));
    }
  }
}
