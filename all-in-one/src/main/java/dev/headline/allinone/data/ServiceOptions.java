package dev.headline.allinone.data;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.ConsulDirectory;
import dev.headline.rpc.discovery.ConsulSettings;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.discovery.FixedDirectory;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say where the services are: in Consul, or written down. */
final class ServiceOptions {

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  private static final class Where {

    @Option(
        names = "--consul",
        paramLabel = "URL",
        description = "The Consul that knows the services, such as http://127.0.0.1:8500.")
    private @Nullable URI consul;

    @Option(
        names = "--fixed",
        paramLabel = "SERVICE=ADDRESS",
        description = "Where a service is, such as user-service=tcp://127.0.0.1:9001; repeatable.")
    private List<String> fixed = new ArrayList<>();
  }

  /**
   * Finds the services; to be closed by the caller.
   *
   * @throws IllegalArgumentException if the options make no sense
   */
  Directory open() {
    URI consul = where.consul;
    return consul == null
        ? FixedDirectory.of(CallKey.DEFAULT_CLUSTER, addresses(where.fixed))
        : new ConsulDirectory(ConsulSettings.at(consul));
  }

  private static Map<String, List<Address>> addresses(List<String> fixed) {
    Map<String, List<Address>> addresses = new LinkedHashMap<>();
    for (String pair : fixed) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'%s' is not SERVICE=ADDRESS".formatted(pair));
      }
      addresses
          .computeIfAbsent(pair.substring(0, equals), _ -> new ArrayList<>())
          .add(Address.parse(pair.substring(equals + 1)));
    }
    return addresses;
  }
}
