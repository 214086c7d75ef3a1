package dev.headline.allinone.topology;

import dev.headline.rpc.discovery.Address;
import java.util.Optional;

/**
 * Where one instance runs.
 *
 * @param service what it is an instance of
 * @param instance its name, such as {@code content-service-1}
 * @param rpc where it is called by RPC; empty for the gateway
 * @param httpPort where it answers HTTP: for the gateway the public API, for others management
 * @param managementPort where health and metrics are; the same as {@code httpPort} but for the
 *     gateway
 */
public record Placement(
    Service service, String instance, Optional<Address> rpc, int httpPort, int managementPort) {

  /** The cluster that all instances are in. */
  public static final String CLUSTER = "default";

  private static final String LOOPBACK = "http://127.0.0.1:";

  /** Where its HTTP server is. */
  public String httpUrl() {
    return LOOPBACK + httpPort;
  }

  /** Where its health, metrics and the rest of the actuator are. */
  public String managementUrl() {
    return LOOPBACK + managementPort;
  }
}
