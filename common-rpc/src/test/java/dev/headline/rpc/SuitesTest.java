package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An application adds links of its own; a sidecar takes some away. */
class SuitesTest {

  /** Writes down who passes: an example of a link that an application may have. */
  private record Note(String where, List<String> notes) implements Middleware {

    @Override
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      boolean picked = call.connection() != null;
      notes.add("%s %s%s".formatted(where, call.target().key().method(), picked ? " picked" : ""));
      return next.invoke(call);
    }

    @Override
    public String describe() {
      return notes.size() + " notes";
    }
  }

  private record Broken() implements Middleware {

    @Override
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      throw new IllegalStateException("on purpose");
    }
  }

  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final Governance plain =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));

  @Test
  void aSuiteAddsItsLinksAtNamedPlacesAndThePrintedChainShowsThem() throws IOException {
    Suite audit =
        Suite.named("audit")
            .with(Place.AROUND_CALL, _ -> new Note("call", notes))
            .with(Place.AROUND_ATTEMPT, _ -> new Note("attempt", notes))
            .with(Place.AROUND_HANDLER, _ -> new Note("handler", notes));
    List<Explanation> explained = callOnce(plain.with(List.of(audit)));

    assertThat(notes)
        .containsExactly("call BatchGet", "attempt BatchGet picked", "handler BatchGet");
    assertThat(names(explained.getFirst()))
        .containsSubsequence("DeadlineBudget", "audit:Note", "PickInstance", "audit:Note", "Send");
    assertThat(names(explained.getLast()))
        .containsSubsequence("ReadHeaders", "audit:Note", "handler");
    assertThat(explained.getFirst().chain())
        .contains(new Explanation.Step("audit:Note", "3 notes"));
  }

  @Test
  void aLinkThatThrowsWhatItMayNotEndsTheCallAllTheSame() {
    Suite broken = Suite.named("broken").with(Place.AROUND_CALL, _ -> new Broken());

    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> callOnce(plain.with(List.of(broken))));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
  }

  @Test
  void whatASidecarDoesIsLeftOutOfTheChainInFrontOfOne() throws IOException {
    List<Explanation> whole = callOnce(plain);
    List<Explanation> rest = callOnce(plain.inMesh());
    List<String> bySidecar =
        List.of("Retry", "ConcurrencyLimit", "ServiceBreaker", "InstanceBreaker");

    assertThat(names(whole.getFirst())).containsAll(bySidecar);
    assertThat(names(rest.getFirst()))
        .containsSubsequence("Route", "Metering", "DeadlineBudget", "PickInstance", "Send")
        .doesNotContainAnyElementsOf(bySidecar);
    // Whom a server lets in is its own business, whatever stands in front of it.
    assertThat(names(rest.getLast())).isEqualTo(names(whole.getLast()));
  }

  private List<Explanation> callOnce(Governance governance) throws IOException {
    LocalDirectory directory = LocalDirectory.alone();
    var address = new Address.InProcess(UUID.randomUUID().toString());
    try (var server =
            new GovernedServer(
                Pair.USER_SERVICE, address, List.of(new Users()), governance, false);
        var clients = new Clients(Pair.GATEWAY, directory, governance)) {
      directory.register(new Instance("1", "user-service", "default", server.start(), 100));
      Awaitility.await().until(() -> clients.isReady("user-service"));
      UserServiceGrpc.newBlockingStub(clients.channel("user-service")).batchGet(Users.ask(1));
      return List.of(clients.explanations().getFirst(), server.explanations().getFirst());
    }
  }

  private static List<String> names(Explanation explanation) {
    return explanation.chain().stream().map(Explanation.Step::name).toList();
  }
}
