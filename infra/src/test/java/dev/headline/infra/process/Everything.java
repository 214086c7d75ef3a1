package dev.headline.infra.process;

import dev.headline.infra.consul.Consul;
import dev.headline.infra.consul.ConsulSettings;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.postgres.PostgresNode;
import dev.headline.infra.postgres.PostgresSettings;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisSettings;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A program that starts every server in a folder, prints their process ids and waits for its end.
 */
final class Everything {

  private Everything() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    PostgresCluster postgres =
        PostgresCluster.start(PostgresSettings.in(folder.resolve("postgres")).withFsync(false));
    Redis redis = Redis.start(RedisSettings.in(folder.resolve("redis")));
    Consul consul = Consul.start(ConsulSettings.in(folder.resolve("consul")));
    // The hard case: a server that cannot see the signal until somebody lets it run.
    postgres.replicas().getFirst().pause();

    LongStream postgresPids =
        Stream.concat(Stream.of(postgres.primary()), postgres.replicas().stream())
            .mapToLong(PostgresNode::pid);
    LongStream pids = LongStream.concat(postgresPids, LongStream.of(redis.pid(), consul.pid()));
    System.out.println("pids " + String.join(" ", pids.mapToObj(Long::toString).toList()));
    new CountDownLatch(1).await();
  }
}
