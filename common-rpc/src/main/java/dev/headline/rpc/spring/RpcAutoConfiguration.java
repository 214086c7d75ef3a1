package dev.headline.rpc.spring;

import dev.headline.rpc.AccessCheck;
import dev.headline.rpc.Fallbacks;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Suite;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.ConsulDirectory;
import dev.headline.rpc.discovery.ConsulRegistry;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.discovery.FixedDirectory;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.discovery.Registry;
import dev.headline.rpc.generic.Catalog;
import dev.headline.rpc.policy.PolicyLayers;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.telemetry.RpcSpans;
import io.grpc.BindableService;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Puts the library together from {@link RpcProperties}: {@link Clients} for every application, and
 * a server for one that has gRPC services as beans.
 */
@AutoConfiguration(
    afterName =
        "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@EnableConfigurationProperties(RpcProperties.class)
public class RpcAutoConfiguration {

  @Bean
  RpcMeters rpcMeters(MeterRegistry registry) {
    return new RpcMeters(registry);
  }

  @Bean
  Directory directory(RpcProperties properties) {
    return switch (properties.directory()) {
      case CONSUL -> new ConsulDirectory(properties.consulSettings());
      case FIXED -> FixedDirectory.of(properties.toCluster(), addresses(properties.fixed()));
      case LOCAL -> LocalDirectory.ofProcess();
    };
  }

  @Bean
  Registry registry(RpcProperties properties) {
    return switch (properties.directory()) {
      case CONSUL -> new ConsulRegistry(properties.consulSettings());
      // What is written down is known already.
      case FIXED -> _ -> () -> {};
      case LOCAL -> LocalDirectory.ofProcess();
    };
  }

  @Bean
  PolicyLayers policyLayers(
      RpcProperties properties, ObjectProvider<Catalog> callees, RpcMeters meters) {
    var layers =
        new PolicyLayers(
            properties.policies(),
            (service, method) -> isIdempotent(callees.orderedStream().toList(), service, method));
    meters.show(MetricNames.POLICY_EDITION, () -> layers.policies().current().number());
    meters.show(MetricNames.POLICY_PROBLEM, () -> layers.problem().isPresent() ? 1 : 0);
    return layers;
  }

  @Bean
  @ConditionalOnProperty(
      name = "headline.rpc.directory",
      havingValue = "consul",
      matchIfMissing = true)
  @Nullable PolicyKey policyKey(RpcProperties properties, PolicyLayers layers) {
    String key = properties.policyKey();
    return key.isEmpty() ? null : new PolicyKey(properties.consulSettings(), key, layers);
  }

  @Bean
  Governance governance(
      RpcProperties properties,
      PolicyLayers layers,
      RpcMeters meters,
      List<Suite> suites,
      ObjectProvider<AccessCheck> checks,
      ObjectProvider<TracerProvider> tracers,
      ObjectProvider<Fallbacks> fallbacks) {
    AccessCheck all = checks.orderedStream().reduce(AccessCheck.NONE, AccessCheck::and);
    TracerProvider tracer = tracers.getIfAvailable();
    RpcSpans spans = tracer == null ? RpcSpans.OFF : RpcSpans.of(tracer);
    return new Governance(
        layers.policies(),
        meters,
        suites,
        properties.mesh(),
        all,
        spans,
        fallbacks.getIfAvailable(() -> Fallbacks.NONE));
  }

  @Bean
  GovernanceEndpoint governanceEndpoint(
      PolicyLayers layers, Clients clients, ObjectProvider<RpcServerLifecycle> server) {
    return new GovernanceEndpoint(
        layers,
        clients,
        () -> server.stream().flatMap(each -> each.explanations().stream()).toList());
  }

  @Bean
  Clients clients(RpcProperties properties, Directory directory, Governance governance) {
    return new Clients(properties.self(), directory, governance, properties.toCluster());
  }

  @Bean
  WarmUp warmUp(RpcProperties properties, Clients clients) {
    return new WarmUp(clients, properties.warm(), properties.warmTimeout());
  }

  @Bean
  @ConditionalOnBean(BindableService.class)
  RpcServerLifecycle rpcServerLifecycle(
      RpcProperties properties,
      List<BindableService> services,
      Governance governance,
      Registry registry,
      ApplicationContext application) {
    return new RpcServerLifecycle(properties, services, governance, registry, application);
  }

  private static Optional<Boolean> isIdempotent(
      List<Catalog> callees, String service, String method) {
    return callees.stream()
        .filter(catalog -> catalog.knows(service))
        .findFirst()
        .map(
            catalog -> {
              try {
                return catalog.method(service, method).isIdempotent();
              } catch (RpcException unknown) {
                throw new IllegalArgumentException(unknown.getMessage(), unknown);
              }
            });
  }

  private static Map<String, List<Address>> addresses(Map<String, List<String>> texts) {
    return texts.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Map.Entry::getKey, e -> e.getValue().stream().map(Address::parse).toList()));
  }
}
