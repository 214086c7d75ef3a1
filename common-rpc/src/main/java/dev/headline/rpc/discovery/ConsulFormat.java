package dev.headline.rpc.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How an instance is written in Consul and read back.
 *
 * <p>What we read stands in the metadata: Consul's own fields know a host and a port only, and have
 * no place for a Unix socket or a cluster. They are filled as well where they can be, for people
 * and for Consul's DNS.
 */
final class ConsulFormat {

  private static final String ADDRESS = "rpc-address";
  private static final String CLUSTER = "cluster";
  private static final String WEIGHT = "weight";

  /** The shortest that Consul accepts. */
  private static final Duration FORGET_AFTER = Duration.ofMinutes(1);

  private static final JsonMapper JSON = JsonMapper.shared();

  private ConsulFormat() {}

  /** The id of the check that an instance's heartbeats pass. */
  static String check(Instance instance) {
    return "heartbeat:" + instance.id();
  }

  /** The body that registers an instance as well, with a check that fails without heartbeats. */
  static String write(Instance instance, Duration timeToLive) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("ID", instance.id());
    body.put("Name", instance.service());
    if (instance.address() instanceof Address.Tcp(String host, int port)) {
      body.put("Address", host);
      body.put("Port", port);
    }
    body.put("Meta", meta(instance));
    body.put("Weights", Map.of("Passing", instance.weight(), "Warning", 1));
    body.put(
        "Check",
        Map.of(
            "CheckID",
            check(instance),
            "Name",
            "Heartbeat",
            "TTL",
            timeToLive.toMillis() + "ms",
            "Status",
            "passing",
            "DeregisterCriticalServiceAfter",
            FORGET_AFTER.toMillis() + "ms"));
    return JSON.writeValueAsString(body);
  }

  /** What {@link #read} reads, and no more. */
  static String write(List<Instance> instances) {
    return JSON.writeValueAsString(
        instances.stream()
            .map(one -> Map.of("Service", Map.of("ID", one.id(), "Meta", meta(one))))
            .toList());
  }

  private static Map<String, String> meta(Instance instance) {
    return Map.of(
        ADDRESS, instance.address().toString(),
        CLUSTER, instance.cluster(),
        WEIGHT, Integer.toString(instance.weight()));
  }

  /**
   * Reads the reply to a health query. An entry that is not one of ours does not spoil the others.
   *
   * @throws IOException if it is no such reply at all
   */
  static Entries read(String service, String json) throws IOException {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.isArray()) {
        throw new IOException("Not a list of instances: " + root.getNodeType());
      }
      return read(service, root);
    } catch (JacksonException e) {
      throw new IOException("Not a list of instances: " + e.getOriginalMessage(), e);
    }
  }

  private static Entries read(String service, JsonNode entries) {
    Map<String, Instance> instances = new TreeMap<>();
    Map<String, String> unreadable = new TreeMap<>();
    for (JsonNode entry : entries) {
      JsonNode node = entry.path("Service");
      String id = node.path("ID").asString("");
      try {
        instances.put(id, instance(id, service, node.path("Meta")));
      } catch (IllegalArgumentException e) {
        unreadable.put(id, String.valueOf(e.getMessage()));
      }
    }
    return new Entries(List.copyOf(instances.values()), Map.copyOf(unreadable));
  }

  private static Instance instance(String id, String service, JsonNode meta) {
    return new Instance(
        id,
        service,
        meta.path(CLUSTER).asString(""),
        Address.parse(meta.path(ADDRESS).asString("")),
        Integer.parseInt(meta.path(WEIGHT).asString("")));
  }

  /**
   * What a reply holds.
   *
   * @param instances sorted by id, each id once
   * @param unreadable why an entry could not be read, by its id
   */
  record Entries(List<Instance> instances, Map<String, String> unreadable) {}
}
