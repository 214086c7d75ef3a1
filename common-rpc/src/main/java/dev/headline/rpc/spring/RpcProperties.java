package dev.headline.rpc.spring;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.discovery.ConsulSettings;
import dev.headline.rpc.policy.PolicyDocument;
import dev.headline.rpc.policy.PolicyRule;
import dev.headline.rpc.policy.PolicyTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;

/**
 * The settings of a service that calls and is called.
 *
 * @param service this service's name; required
 * @param cluster the cluster that this instance runs in
 * @param toCluster the cluster that this instance calls
 * @param instance this instance's id, unique among all; the service's name and {@code -1} if absent
 * @param listen where to listen, as {@link dev.headline.rpc.discovery.Address} writes it; port 0
 *     chooses one
 * @param advertise where others reach this instance, if that is not where it listens; a port of 0
 *     is replaced by the one that was chosen
 * @param directory where instances are found and made known
 * @param consul where Consul's agent answers
 * @param consulToken what Consul's access control asks for, if it does; secret
 * @param consulMemory a folder that keeps the last good lists, for a start while Consul is away;
 *     none if absent
 * @param fixed the addresses of each service, for {@link DirectoryKind#FIXED}
 * @param profile which policies hold unless told otherwise
 * @param policy documents of rules, read in order after the profile's
 * @param policyKey where in Consul's key-value store an operator may put more rules, read last;
 *     none if empty
 * @param mesh whether a sidecar stands in front of this instance: then the links are left out that
 *     do what it does
 * @param warm services that must answer before this instance takes traffic
 * @param warmTimeout how long to wait for them; the start goes on without them afterwards
 * @param spread how long news of this instance's departure takes to reach everybody
 * @param drain how long calls may go on when this instance stops
 * @param reflection whether tools may ask what is served; for development
 */
@ConfigurationProperties("headline.rpc")
public record RpcProperties(
    String service,
    @DefaultValue(CallKey.DEFAULT_CLUSTER) String cluster,
    @DefaultValue(CallKey.DEFAULT_CLUSTER) String toCluster,
    @Nullable String instance,
    @DefaultValue("tcp://127.0.0.1:0") String listen,
    @Nullable String advertise,
    @DefaultValue("consul") DirectoryKind directory,
    @DefaultValue("http://127.0.0.1:8500") URI consul,
    @Nullable String consulToken,
    @Nullable Path consulMemory,
    @DefaultValue Map<String, List<String>> fixed,
    @DefaultValue("production") Profile profile,
    @DefaultValue List<Resource> policy,
    @DefaultValue("headline/policy") String policyKey,
    @DefaultValue("false") boolean mesh,
    @DefaultValue List<String> warm,
    @DefaultValue("30s") Duration warmTimeout,
    @DefaultValue("1s") Duration spread,
    @DefaultValue("5s") Duration drain,
    @DefaultValue("false") boolean reflection) {

  /** Where instances are found and made known. */
  public enum DirectoryKind {
    /** Consul: for services on one or many machines. */
    CONSUL,
    /** Addresses that are written down: where there is no Consul. */
    FIXED,
    /** This process: for services that are merged into one. */
    LOCAL
  }

  /** Sets of policies that come with the library. */
  public enum Profile {
    /** For real traffic. */
    PRODUCTION,
    /** For a demo: breakers that trip at the traffic of one person. */
    DEMO;

    Resource document() {
      String name = toString().toLowerCase(Locale.ROOT) + ".yaml";
      return new ClassPathResource(name, PolicyTable.class);
    }
  }

  public RpcProperties {
    name("service", service);
    name("cluster", cluster);
    name("to-cluster", toCluster);
    notNegative("warm-timeout", warmTimeout);
    notNegative("spread", spread);
    notNegative("drain", drain);
    fixed = Map.copyOf(fixed);
    policy = List.copyOf(policy);
    warm = List.copyOf(warm);
  }

  /** Without the token, so that no log gets it. */
  @Override
  public String toString() {
    return "headline.rpc[%s at %s, directory %s]".formatted(self(), listen, directory);
  }

  // The annotations promise a value, but a property that is not set is null all the same.
  private static void name(String property, @Nullable String value) {
    if (value == null || !CallKey.isName(value)) {
      throw new IllegalArgumentException(
          "headline.rpc.%s must be 1 to 63 of a-z, 0-9 and '-', but is '%s'"
              .formatted(property, value));
    }
  }

  private static void notNegative(String property, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "headline.rpc.%s must not be negative, but is %s".formatted(property, value));
    }
  }

  Caller self() {
    return new Caller(service, cluster);
  }

  String instanceId() {
    return instance == null ? service + "-1" : instance;
  }

  ConsulSettings consulSettings() {
    ConsulSettings settings = ConsulSettings.at(consul);
    settings = consulToken == null ? settings : settings.withToken(consulToken);
    return consulMemory == null ? settings : settings.withMemory(consulMemory);
  }

  /** The policies that this instance starts with. */
  PolicyTable policies() {
    PolicyTable policies = PolicyTable.DEFAULT.and(rules(profile.document()));
    for (Resource document : policy) {
      policies = policies.and(rules(document));
    }
    return policies;
  }

  private static List<PolicyRule> rules(Resource document) {
    String name =
        document.getFilename() == null ? document.getDescription() : document.getFilename();
    try {
      return PolicyDocument.read(name, document.getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The policies " + name + " cannot be read", e);
    }
  }
}
