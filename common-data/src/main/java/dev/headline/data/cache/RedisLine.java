package dev.headline.data.cache;

import dev.headline.rpc.transport.Timers;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The one connection of a process to Redis. While there is none, it tries again and again to make
 * one, and commands are rejected; nothing is kept for later, because a command that is repeated may
 * be done twice. A new connection is used once Redis has been told which names to watch.
 *
 * <p>The reconnection of the library is not used: it would not say again what is to be watched, and
 * does not begin before the first success.
 */
final class RedisLine implements AutoCloseable {

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

  private final Timers.Source timers;
  private final Watchers watchers;
  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;

  private volatile @Nullable StatefulRedisConnection<String, byte[]> current;
  private volatile List<String> watched = List.of();
  private volatile boolean closed;

  RedisLine(RedisSettings settings, Watchers watchers, Timers.Source timers) {
    this.timers = timers;
    this.watchers = watchers;
    this.uri = settings.uri();
    uri.setTimeout(CONNECT_TIMEOUT);
    this.resources =
        DefaultClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
    this.client = RedisClient.create(resources);
    client.setOptions(options(settings.commandTimeout()));
    connect();
  }

  /** The connection; null while there is none. */
  @Nullable StatefulRedisConnection<String, byte[]> current() {
    return current;
  }

  /** Gives up the connection, if there is one, for a new one that watches what is now wanted. */
  void renew() {
    StatefulRedisConnection<String, byte[]> connection = current;
    if (connection != null) {
      var _ = connection.closeAsync();
    }
  }

  private void connect() {
    var _ =
        client.connectAsync(CODEC, uri).thenCompose(this::watching).whenComplete(this::connected);
  }

  private CompletionStage<StatefulRedisConnection<String, byte[]>> watching(
      StatefulRedisConnection<String, byte[]> connection) {
    connection.addListener(watchers.pushes());
    List<String> prefixes = watchers.prefixes();
    watched = prefixes;
    if (prefixes.isEmpty()) {
      return CompletableFuture.completedStage(connection);
    }
    var tracking = TrackingArgs.Builder.enabled().bcast().prefixes(prefixes.toArray(String[]::new));
    return connection
        .async()
        .clientTracking(tracking)
        .handle(
            (_, failure) -> {
              if (failure != null) {
                var _ = connection.closeAsync();
                throw new RedisFailure("Redis does not track keys");
              }
              return connection;
            });
  }

  private void connected(
      @Nullable StatefulRedisConnection<String, byte[]> connection, @Nullable Throwable failure) {
    if (failure != null || connection == null) {
      connectLater();
      return;
    }
    current = connection;
    connection.addListener(new Goodbye(this::disconnected));
    if (closed || !connection.isOpen() || !watched.equals(watchers.prefixes())) {
      disconnected();
    }
  }

  private void disconnected() {
    // Before anybody sees that there is no connection, so that he sees no copies either.
    watchers.lost();
    StatefulRedisConnection<String, byte[]> gone;
    synchronized (this) {
      gone = current;
      current = null;
    }
    if (gone != null && !closed) {
      var _ = gone.closeAsync();
      connectLater();
    }
  }

  private void connectLater() {
    if (!closed) {
      var _ = timers.in(BETWEEN_ATTEMPTS, this::connect);
    }
  }

  private static ClientOptions options(Duration commandTimeout) {
    return ClientOptions.builder()
        .autoReconnect(false)
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .protocolVersion(ProtocolVersion.RESP3)
        .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).build())
        .timeoutOptions(TimeoutOptions.enabled(commandTimeout))
        .build();
  }

  /** Closes the connection; no other is made. */
  @Override
  public void close() {
    closed = true;
    var _ = client.shutdownAsync().whenComplete((_, _) -> release());
  }

  private void release() {
    var _ = resources.shutdown();
  }
}
