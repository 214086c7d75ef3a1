package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyDocument;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.telemetry.RpcMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {

  private static final Caller SELF = new Caller("user-service", "default");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Policies policies = new Policies(table("[]"));
  private final ServedMethod method =
      new ServedMethod(
          SELF,
          "BatchGet",
          new Malformed(),
          Governance.of(policies, new RpcMeters(registry, 20)),
          new Admission(SELF, System::nanoTime, new Random(1)));
  private final Callers callers = callers();

  @Test
  void anAttemptIsNoCallerOfItsOwn() {
    for (int attempt = 1; attempt <= 99; attempt++) {
      nameOf("one/default;" + attempt);
    }
    for (int i = 0; i < 99; i++) {
      nameOf("caller-" + i + "/default;1");
    }

    assertThat(nameOf("caller-98/default;2")).isEqualTo("caller-98");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a/b",
        "a;1",
        "a/b;",
        "a/b;0",
        "a/b;01",
        "a/b;+1",
        "a/b;100",
        "A/b;1",
        "a/b/c;1",
        "a/b;1;",
        "a/b;1;x",
        "a/b;1;rc",
        "a/b;1;cb"
      })
  void aHeaderThatNobodyWritesIsRefused(String header) {
    assertThat(nameOf(header)).isEqualTo("malformed");
  }

  @Test
  void theBoundHoldsForCallersThatComeAtOnce() {
    long known =
        IntStream.range(0, 1_000)
            .parallel()
            .mapToObj(i -> nameOf("caller-" + i + "/default;1"))
            .filter(name -> !name.equals(NamedCallers.OTHER))
            .count();

    assertThat(known).isEqualTo(100);
  }

  @Test
  void callersPastTheBoundShareOneName() {
    for (int i = 0; i < 100; i++) {
      assertThat(nameOf("caller-" + i + "/default;1")).isEqualTo("caller-" + i);
    }

    assertThat(nameOf("one-more/default;1")).isEqualTo(NamedCallers.OTHER);
    assertThat(nameOf("caller-7/default;1")).isEqualTo("caller-7");
  }

  @Test
  void whomARuleNamesHasAWayOfItsOwnHoweverManyNamesAreInvented() {
    policies.publish(table("[{match: {from: gateway}, access: deny}]"));
    fill();

    assertThat(keyOf("gateway/default;1").from()).isEqualTo("gateway");
    assertThat(pathOf("gateway/default;1")).isSameAs(pathOf("gateway/default;2"));
  }

  @Test
  void aRuleReachesWhomItNamesAlsoInAnInventedCluster() {
    policies.publish(table("[{match: {from: gateway}, access: deny}]"));
    fill();

    assertThat(IntStream.range(0, 1_000).mapToObj(i -> pathOf("gateway/c" + i + ";1")).distinct())
        .singleElement()
        .satisfies(
            path -> assertThat(path.current().path().target().key().from()).isEqualTo("gateway"));
  }

  @Test
  void aRuleThatComesLaterIsNotMissedByThoseWhoShareAWay() {
    fill();
    assertThat(nameOf("gateway/blue;1")).isEqualTo(NamedCallers.OTHER);

    policies.publish(table("[{match: {from: gateway, from-cluster: blue}, access: deny}]"));

    assertThat(keyOf("gateway/blue;1"))
        .isEqualTo(new CallKey("gateway", "blue", "user-service", "default", "BatchGet"));
  }

  @Test
  void inventedNamesDoNotTakeTheSeriesOfWhomARuleNames() {
    policies.publish(table("[{match: {from: gateway}, access: deny}]"));
    fill();

    pathOf("gateway/default;1").current().path().target().meter().record(RpcCode.OK, 1);

    assertThat(registry.get(MetricNames.SERVER_DURATION).tag("from", "gateway").timer().count())
        .isOne();
  }

  private void fill() {
    for (int i = 0; i < 200; i++) {
      nameOf("invented-" + i + "/default;1");
    }
  }

  private String nameOf(String header) {
    return keyOf(header).from();
  }

  private CallKey keyOf(String header) {
    return pathOf(header).current().path().target().key();
  }

  private CallerPath pathOf(String header) {
    return callers.arrival(header).from();
  }

  private Callers callers() {
    return new Callers(policies, method::pathOf, method.pathOf(new Caller("malformed", "default")));
  }

  private static PolicyTable table(String rules) {
    return PolicyTable.DEFAULT.and(PolicyDocument.read("test", "rules: " + rules));
  }
}
