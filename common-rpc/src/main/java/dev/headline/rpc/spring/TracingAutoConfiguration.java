package dev.headline.rpc.spring;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Sends traces to where Spring Boot's own properties say. Without an endpoint there is no tracer,
 * and no chain has a link for one. An application that brings a tracer of its own keeps it.
 *
 * <p>Boot's starter would do the same, but it also makes a root of its own for each HTTP request,
 * and brings a second client for HTTP and a second way to export metrics.
 */
@AutoConfiguration(
    before = RpcAutoConfiguration.class,
    afterName =
        "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration")
@EnableConfigurationProperties(RpcProperties.class)
@ConditionalOnProperty(TracingAutoConfiguration.ENDPOINT)
@ConditionalOnMissingBean(TracerProvider.class)
public class TracingAutoConfiguration {

  /** Where traces go, by OTLP over HTTP. */
  static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

  /** Of the requests that begin here, how many are traced: 0 to 1. */
  static final String SAMPLING = "management.tracing.sampling.probability";

  /** A collector that does not answer must hold up neither the process nor its end. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Bean
  SdkTracerProvider rpcTracerProvider(
      RpcProperties properties,
      @Value("${" + ENDPOINT + "}") String endpoint,
      @Value("${" + SAMPLING + ":0.1}") double sampling) {
    if (!(sampling >= 0 && sampling <= 1)) {
      throw new IllegalArgumentException(SAMPLING + " must be between 0 and 1, but is " + sampling);
    }
    var resource =
        Resource.create(
            Attributes.of(
                AttributeKey.stringKey("service.name"),
                properties.self().service(),
                AttributeKey.stringKey("service.namespace"),
                properties.self().cluster(),
                AttributeKey.stringKey("service.instance.id"),
                properties.instanceId()));
    return SdkTracerProvider.builder()
        .setResource(Resource.getDefault().merge(resource))
        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(sampling)))
        .addSpanProcessor(
            BatchSpanProcessor.builder(exporter(endpoint)).setExporterTimeout(PATIENCE).build())
        .build();
  }

  private static SpanExporter exporter(String endpoint) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(endpoint)
        .setConnectTimeout(PATIENCE)
        .setTimeout(PATIENCE)
        .build();
  }
}
