package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.Verdict;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyDocument;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What callers that no rule names have of a server whose limit is ten. */
class StrangersTest extends BeforeTheDoor {

  private static final Caller SELF = new Caller("user-service", "default");
  private static final String TEN = "admission: {initial: 10, least: 10, most: 10}";

  private final Policies policies = new Policies(table("gateway"));
  private final ServedMethod method =
      new ServedMethod(
          SELF,
          "BatchGet",
          new Malformed(),
          Governance.of(policies, new RpcMeters(meters)),
          new Admission(SELF, clock::get, new Random(1)));
  private final Deque<Permit> held = new ArrayDeque<>();

  @Test
  void inventedNamesHaveOneShareTogether() {
    fill();
    assertThat(isLetIn(path("gateway"))).isFalse();

    held.remove().release(RpcCode.OK);
    assertThat(isLetIn(path("invented-9"))).isFalse();
    assertThat(isLetIn(path("gateway"))).isTrue();
  }

  @Test
  void aStrangerThatARuleNamesLaterHasAShareOfItsOwn() {
    CallerPath search = path("search");
    fill();
    policies.publish(table("search"));
    assertThat(isLetIn(search)).isFalse();

    held.remove().release(RpcCode.OK);
    assertThat(isLetIn(path("invented-9"))).isFalse();
    assertThat(isLetIn(search)).isTrue();
  }

  private void fill() {
    for (int i = 0; i < 8; i++) {
      assertThat(isLetIn(path("invented-" + i))).isTrue();
    }
  }

  private boolean isLetIn(CallerPath path) {
    var call = call();
    Permit permit = path.current().door().open(call);
    boolean letIn = call.verdict() instanceof Verdict.Admitted;
    if (letIn) {
      held.add(permit);
    }
    return letIn;
  }

  private CallerPath path(String caller) {
    return method.pathOf(new Caller(caller, "default"));
  }

  private static PolicyTable table(String named) {
    String rules = "rules: [{%s}, {match: {from: %s}, access: allow}]".formatted(TEN, named);
    return PolicyTable.DEFAULT.and(PolicyDocument.read("test", rules));
  }
}
