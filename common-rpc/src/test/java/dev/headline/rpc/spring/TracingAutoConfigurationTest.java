package dev.headline.rpc.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Governance;
import dev.headline.rpc.telemetry.RpcSpans;
import io.opentelemetry.api.trace.TracerProvider;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** When an application tells traces. */
class TracingAutoConfigurationTest {

  private final ApplicationContextRunner traced =
      Applications.USER_SERVICE.withConfiguration(
          AutoConfigurations.of(TracingAutoConfiguration.class));

  @Test
  void nothingIsTracedUntilThereIsAnEndpoint() {
    traced.run(
        context -> {
          assertThat(context).doesNotHaveBean(TracerProvider.class);
          assertThat(context.getBean(Governance.class).spans()).isSameAs(RpcSpans.OFF);
        });
  }

  @Test
  void anEndpointTurnsTracesOn() {
    traced
        .withPropertyValues(TracingAutoConfiguration.ENDPOINT + "=http://127.0.0.1:1/v1/traces")
        .run(
            context ->
                assertThat(context.getBean(Governance.class).spans()).isNotSameAs(RpcSpans.OFF));
  }

  @Test
  void aShareOfTracesThatIsNoneIsRefused() {
    traced
        .withPropertyValues(
            TracingAutoConfiguration.ENDPOINT + "=http://127.0.0.1:1/v1/traces",
            TracingAutoConfiguration.SAMPLING + "=1.5")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasRootCauseMessage(
                        "management.tracing.sampling.probability must be between 0 and 1, but is 1.5"));
  }
}
