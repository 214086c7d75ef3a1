package dev.headline.allinone.topology;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The services of the platform, in the order in which they start. They stop in the reverse order.
 */
public enum Service {
  USER("user-service", "dev.headline.user.Application"),
  CONTENT("content-service", "dev.headline.content.Application"),
  COMMENT("comment-service", "dev.headline.comment.Application"),
  FEED("feed-service", "dev.headline.feed.Application"),
  /** The only one that the world reaches, and the only one without a database. */
  GATEWAY("gateway", "dev.headline.gateway.Application");

  private final String serviceName;
  private final String mainClass;

  Service(String serviceName, String mainClass) {
    this.serviceName = serviceName;
    this.mainClass = mainClass;
  }

  /** Its name in the five-tuple, which is also that of its Maven module. */
  public String serviceName() {
    return serviceName;
  }

  /** The class that starts it. */
  public String mainClass() {
    return mainClass;
  }

  /** Whether it is called by RPC and keeps data; the gateway is called by HTTP and keeps none. */
  public boolean isBackend() {
    return this != GATEWAY;
  }

  /** The database, and the role that the service works with. */
  public String database() {
    return serviceName.replace('-', '_');
  }

  /** The role that owns the database and what is in it. */
  public String owner() {
    return database() + "_owner";
  }

  /**
   * The service of that name.
   *
   * @throws IllegalArgumentException if there is none, with the names that there are
   */
  public static Service named(String name) {
    for (Service service : values()) {
      if (service.serviceName.equals(name)) {
        return service;
      }
    }
    throw new IllegalArgumentException(
        "There is no service '%s'; there are %s"
            .formatted(
                name,
                Arrays.stream(values())
                    .map(Service::serviceName)
                    .collect(Collectors.joining(", "))));
  }
}
