package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Service;
import dev.headline.infra.MissingSoftwareException;
import dev.headline.infra.Server;
import dev.headline.infra.consul.Consul;
import dev.headline.infra.consul.ConsulSettings;
import dev.headline.infra.postgres.DatabaseRole;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.postgres.PostgresNode;
import dev.headline.infra.postgres.PostgresSettings;
import dev.headline.infra.process.Account;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What services stand on: Postgres with a replica, Redis, and Consul if there is one. */
public final class Servers implements AutoCloseable {

  private final Path dataFolder;
  private final PostgresCluster postgres;
  private final Redis redis;
  private final Secrets secrets;
  private @Nullable Consul consul;

  private Servers(Path dataFolder, PostgresCluster postgres, Redis redis, Secrets secrets) {
    this.dataFolder = dataFolder;
    this.postgres = postgres;
    this.redis = redis;
    this.secrets = secrets;
  }

  /** Starts Postgres and Redis, and gives each service a database with two roles of its own. */
  static Servers start(Home home, Consumer<String> progress) {
    Path dataFolder = home.data(Account.current());
    progress.accept("Starting Postgres, a primary and a replica");
    PostgresCluster postgres = PostgresCluster.start(PostgresSettings.in(dataFolder));
    try {
      Secrets secrets = new Secrets(home.secrets());
      for (Service service : Service.values()) {
        if (service.isBackend()) {
          String name = service.database();
          postgres.createDatabase(name, role(service.owner(), secrets), role(name, secrets));
        }
      }
      progress.accept("Starting Redis");
      Redis redis = Redis.start(RedisSettings.in(home.logs()));
      return new Servers(dataFolder, postgres, redis, secrets);
    } catch (RuntimeException | Error failure) {
      postgres.close();
      throw failure;
    }
  }

  private static DatabaseRole role(String name, Secrets secrets) {
    return new DatabaseRole(name, secrets.password(name));
  }

  /** Starts Consul; without one, instances are told each other's addresses. */
  Discovery startConsul(Path logs, Consumer<String> progress) {
    progress.accept("Starting Consul");
    try {
      Consul started = Consul.start(ConsulSettings.in(logs));
      consul = started;
      return new Discovery.ByConsul(started.uri().toString());
    } catch (MissingSoftwareException missing) {
      progress.accept("Going on with fixed addresses, because " + missing.getMessage());
      return new Discovery.Fixed();
    }
  }

  /** What the gateway is told: the key with which all gateways sign what clients have seen. */
  Map<String, String> gateway() {
    return Map.of("headline.gateway.session.key", secrets.key("gateway_session"));
  }

  /** The database and cache settings of a service, passwords included. */
  Map<String, String> data(Service service) {
    String name = service.database();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("headline.data.primary-url", postgres.primary().jdbcUrl(name));
    settings.put(
        "headline.data.replica-urls",
        postgres.replicas().stream()
            .map(replica -> replica.jdbcUrl(name))
            .collect(Collectors.joining(",")));
    settings.put("headline.data.redis.url", redis.uri());
    settings.put("headline.data.username", name);
    settings.put("headline.data.password", secrets.password(name));
    settings.put("headline.data.migration.username", service.owner());
    settings.put("headline.data.migration.password", secrets.password(service.owner()));
    return settings;
  }

  /** Consul, if this platform has one. */
  public Optional<Consul> consul() {
    return Optional.ofNullable(consul);
  }

  /** The database servers. */
  public PostgresCluster postgres() {
    return postgres;
  }

  /** The cache. */
  public Redis redis() {
    return redis;
  }

  Path dataFolder() {
    return dataFolder;
  }

  List<ProcessState> states() {
    List<ProcessState> states = new ArrayList<>();
    states.add(state("postgres", postgres.primary()));
    for (PostgresNode replica : postgres.replicas()) {
      states.add(state("postgres", replica));
    }
    states.add(state("redis", redis));
    consul().ifPresent(server -> states.add(state("consul", server)));
    return states;
  }

  private static ProcessState state(String service, Server server) {
    String address = "tcp://" + server.endpoint();
    return new ProcessState(
        server.name(),
        service,
        "",
        server.pid(),
        ProcessState.startTicksOf(server.pid()),
        address,
        address,
        "",
        server.log().toString());
  }

  @Override
  public void close() {
    consul().ifPresent(Consul::close);
    redis.close();
    postgres.close();
  }
}
