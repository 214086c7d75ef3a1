package dev.headline.infra.junit;

import dev.headline.infra.consul.Consul;
import dev.headline.infra.consul.ConsulSettings;
import dev.headline.infra.postgres.DatabaseRole;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.postgres.PostgresSettings;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts a server when the first parameter of its type turns up. All are kept in JUnit's root
 * store, which closes them at the end of the run, the newest first: the folder goes last.
 */
final class ServersExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(ServersExtension.class);
  private static final Duration REPLICATION = Duration.ofSeconds(10);
  private static final int LONGEST_NAME = 50;

  private static final Set<Class<?>> TYPES =
      Set.of(PostgresCluster.class, Redis.class, Consul.class, FreshDatabase.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == FreshDatabase.class) {
      return database(context);
    }
    return type == PostgresCluster.class ? postgres(context) : cacheOrRegistry(type, context);
  }

  private static Object cacheOrRegistry(Class<?> type, ExtensionContext context) {
    Path folder = folder(context);
    if (type == Redis.class) {
      return store(context)
          .computeIfAbsent(type, key -> Redis.start(RedisSettings.in(folder.resolve("redis"))));
    }
    return store(context)
        .computeIfAbsent(type, key -> Consul.start(ConsulSettings.in(folder.resolve("consul"))));
  }

  private static PostgresCluster postgres(ExtensionContext context) {
    PostgresSettings settings =
        PostgresSettings.in(folder(context).resolve("postgres")).withFsync(false);
    return store(context)
        .computeIfAbsent(
            PostgresCluster.class, key -> PostgresCluster.start(settings), PostgresCluster.class);
  }

  private static FreshDatabase database(ExtensionContext context) {
    PostgresCluster cluster = postgres(context);
    Class<?> owner = outermost(context.getRequiredTestClass());
    return store(context)
        .computeIfAbsent(owner.getName(), key -> create(cluster, owner), FreshDatabase.class);
  }

  private static FreshDatabase create(PostgresCluster cluster, Class<?> test) {
    String simple = test.getSimpleName();
    String readable = simple.substring(0, Math.min(simple.length(), LONGEST_NAME));
    String name = readable + "_" + UUID.randomUUID().toString().substring(0, 8);
    var owner = new DatabaseRole(name + "_owner", UUID.randomUUID().toString());
    var service = new DatabaseRole(name, UUID.randomUUID().toString());
    cluster.createDatabase(name, owner, service);
    cluster.awaitReplicas(REPLICATION);
    return new FreshDatabase(
        name,
        owner,
        service,
        cluster.primary().jdbcUrl(name),
        cluster.replicas().stream().map(replica -> replica.jdbcUrl(name)).toList());
  }

  /** Nested test classes share the database of the class around them, as they share its set-up. */
  private static Class<?> outermost(Class<?> type) {
    Class<?> enclosing = type.getEnclosingClass();
    return enclosing == null ? type : outermost(enclosing);
  }

  private static Path folder(ExtensionContext context) {
    return store(context)
        .computeIfAbsent(TestFolder.class, key -> TestFolder.create(), TestFolder.class)
        .path();
  }

  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(NAMESPACE);
  }
}
