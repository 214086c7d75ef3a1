package dev.headline.rpc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Governance;
import dev.headline.rpc.policy.Setting;
import dev.headline.rpc.telemetry.MetricNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Which policies an application has, and how it tells of them. */
class GovernedApplicationTest {

  @Test
  void policiesAreThoseOfTheProfileAndThenThoseOfTheDocuments() {
    Applications.USER_SERVICE
        .withPropertyValues(
            "headline.rpc.profile=demo", "headline.rpc.policy=classpath:policy/test.yaml")
        .run(
            context ->
                assertThat(
                        context
                            .getBean(Governance.class)
                            .policies()
                            .current()
                            .table()
                            .settingsOf(new CallKey("a", "default", "b", "default", "Slow")))
                    .contains(
                        new Setting("timeout.total", "30s", "test.yaml, line 3"),
                        new Setting("detail", "full", "demo.yaml, line 6"),
                        new Setting("limit.waiting", "500", Setting.STANDARD)));
  }

  @Test
  void withoutAKeyNothingIsAskedOfConsulForPolicies() {
    Applications.USER_SERVICE
        .withPropertyValues("headline.rpc.policy-key=")
        .run(context -> assertThat(context.getBeanProvider(PolicyKey.class).stream()).isEmpty());
  }

  @Test
  void theEndpointExplainsWhatWasCalledAndWhatWasNot() {
    Applications.USER_SERVICE
        .withUserConfiguration(Applications.Services.class)
        .withPropertyValues("headline.rpc.directory=local")
        .run(
            context -> {
              var endpoint = context.getBean(GovernanceEndpoint.class);

              assertThat(endpoint.overview().edition()).isEqualTo(1);
              assertThat(endpoint.explain("gateway", "feed-service", "GetFeed"))
                  .singleElement()
                  .satisfies(
                      explanation -> {
                        assertThat(explanation.chain()).isEmpty();
                        assertThat(explanation.settings())
                            .contains(new Setting("timeout.total", "800ms", Setting.STANDARD));
                      });
            });
  }

  @Test
  void metricsSayWhichPoliciesHoldAndHowMuchTheServerBears() {
    Applications.USER_SERVICE
        .withUserConfiguration(Applications.Services.class)
        .run(
            context -> {
              MeterRegistry meters = context.getBean(MeterRegistry.class);
              assertThat(meters.get(MetricNames.POLICY_EDITION).gauge().value()).isEqualTo(1);
              assertThat(meters.get(MetricNames.POLICY_PROBLEM).gauge().value()).isZero();
              assertThat(
                      meters
                          .get(MetricNames.SERVER_LIMIT)
                          .tag("to", "user-service")
                          .gauge()
                          .value())
                  .isEqualTo(20);
            });
  }

  @Test
  void policiesAreFollowedOnceAllBeansAreThereAndNoLongerThanTheApplicationRuns() {
    var key = new AtomicReference<PolicyKey>();
    Applications.USER_SERVICE
        .withPropertyValues(
            "headline.rpc.directory=consul", "headline.rpc.consul=http://127.0.0.1:1")
        .withBean(Early.class)
        .run(
            context -> {
              Early early = context.getBean(Early.class);
              key.set(early.key);
              assertThat(early.isFollowed).isFalse();
              assertThat(early.key.isRunning()).isTrue();
            });

    assertThat(key.get().isRunning()).isFalse();
  }

  /** Looks when all beans are there, and before anything is started. */
  static final class Early implements SmartInitializingSingleton {

    private final PolicyKey key;
    private boolean isFollowed;

    Early(PolicyKey key) {
      this.key = key;
    }

    @Override
    public void afterSingletonsInstantiated() {
      isFollowed = key.isRunning();
    }
  }
}
