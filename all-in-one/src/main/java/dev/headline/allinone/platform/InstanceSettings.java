package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Placement;
import dev.headline.allinone.topology.Service;
import dev.headline.rpc.discovery.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What one instance is told. It is a file, because the same file serves a JVM and a context, shows
 * a person what was said, and keeps its secrets from the command line, which everybody can read.
 */
final class InstanceSettings {

  private final Function<Service, Map<String, String>> data;
  private final Supplier<Map<String, String>> gateway;
  private final Discovery discovery;
  private final List<Placement> siblings;

  /**
   * @param data what a service is told of its database and its cache
   * @param gateway what only gateways are told
   * @param siblings all instances, this one too
   */
  InstanceSettings(
      Function<Service, Map<String, String>> data,
      Supplier<Map<String, String>> gateway,
      Discovery discovery,
      List<Placement> siblings) {
    this.data = data;
    this.gateway = gateway;
    this.discovery = discovery;
    this.siblings = siblings;
  }

  /** Writes the settings of one instance; only the owner can read them. */
  Path write(Placement placement, Path folder) {
    List<String> lines = new ArrayList<>();
    of(placement).forEach((key, value) -> lines.add(key + "=" + value));
    Path file = folder.resolve(placement.instance() + ".properties");
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return Files.write(file, lines);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write " + file, failure);
    }
  }

  Map<String, String> of(Placement placement) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("server.address", "127.0.0.1");
    settings.put("server.port", Integer.toString(placement.httpPort()));
    if (placement.managementPort() != placement.httpPort()) {
      settings.put("management.server.address", "127.0.0.1");
      settings.put("management.server.port", Integer.toString(placement.managementPort()));
    }
    settings.put("spring.main.banner-mode", "off");
    settings.put("headline.rpc.service", placement.service().serviceName());
    settings.put("headline.rpc.cluster", Placement.CLUSTER);
    settings.put("headline.rpc.instance", placement.instance());
    // This is the demo: whoever tries it may ask a server what it serves.
    settings.put("headline.rpc.reflection", "true");
    settings.put("headline.rpc.profile", "demo");
    settings.put("headline.gateway.debug.ledger", "true");
    placement.rpc().ifPresent(address -> settings.put("headline.rpc.listen", address.toString()));
    settings.putAll(discovery(discovery));
    Service service = placement.service();
    settings.putAll(service.isBackend() ? data.apply(service) : gateway.get());
    return settings;
  }

  private Map<String, String> discovery(Discovery kind) {
    return switch (kind) {
      case Discovery.ByConsul(String url) ->
          Map.of("headline.rpc.directory", "consul", "headline.rpc.consul", url);
      case Discovery.Local _ -> Map.of("headline.rpc.directory", "local");
      case Discovery.Fixed _ -> fixed();
    };
  }

  private Map<String, String> fixed() {
    Map<String, List<String>> addresses = new LinkedHashMap<>();
    for (Placement sibling : siblings) {
      Optional<Address> rpc = sibling.rpc();
      rpc.ifPresent(
          address ->
              addresses
                  .computeIfAbsent(sibling.service().serviceName(), _ -> new ArrayList<>())
                  .add(address.toString()));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("headline.rpc.directory", "fixed");
    addresses.forEach(
        (service, list) -> settings.put("headline.rpc.fixed." + service, String.join(",", list)));
    return settings;
  }
}
