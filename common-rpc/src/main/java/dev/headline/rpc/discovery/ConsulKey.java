package dev.headline.rpc.discovery;

import dev.headline.rpc.Backoff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows one key of Consul's key-value store, by blocking queries: a change is heard of within
 * milliseconds. While Consul is away the last value stays, and so it does when Consul comes back
 * without its memory: only a key that is deleted is gone.
 */
public final class ConsulKey implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConsulKey.class);

  private final String key;
  private final Consumer<@Nullable String> listener;
  private final ConsulSettings settings;
  private final ConsulClient client;
  private final StopSignal signal = new StopSignal();
  private @Nullable String told;
  private boolean forgotten;
  private long newestIndex;

  private ConsulKey(ConsulSettings settings, String key, Consumer<@Nullable String> listener) {
    this.settings = settings;
    this.client = new ConsulClient(settings);
    this.key = key;
    this.listener = listener;
  }

  /**
   * Begins to follow a key.
   *
   * @param key its path, such as {@code headline/policy}
   * @param listener hears the value when it is known and after each change, null once it is
   *     deleted; called by one thread at a time, must not block
   */
  public static ConsulKey follow(
      ConsulSettings settings, String key, Consumer<@Nullable String> listener) {
    var following = new ConsulKey(settings, key, listener);
    var loop =
        new Following(
            "the key " + key,
            following::query,
            _ -> {},
            following.signal,
            new Backoff(new Random()));
    Thread.ofVirtual().name("consul-key-" + key).start(loop::run);
    return following;
  }

  /** Ends the following and its query at once. */
  @Override
  public void close() {
    signal.cancel();
    client.close();
  }

  private long query(long index) throws IOException {
    ConsulExchange.Reply reply = signal.await(client.key(key, index, settings.hold()));
    switch (reply.status()) {
      case 200 -> {
        // Where this value stood: a Consul without its memory begins anew.
        newestIndex = reply.index();
        tell(value(reply.body()));
      }
      case 404 -> missing(reply.index());
      default -> throw reply.failure();
    }
    return Following.nextIndex(index, reply.index());
  }

  private void tell(String value) {
    forgotten = false;
    if (!value.equals(told) && heard(value)) {
      told = value;
    }
  }

  private void missing(long index) {
    if (told == null || forgotten) {
      return;
    }
    if (index < newestIndex) {
      forgotten = true;
      LOG.warn("Consul has come back without {}; its last value stays", key);
      return;
    }
    if (heard(null)) {
      told = null;
    }
  }

  /** What the listener does is not Consul's fault; it is told again with the next reply. */
  private boolean heard(@Nullable String value) {
    try {
      listener.accept(value);
      return true;
    } catch (RuntimeException e) {
      LOG.error("A listener has failed on the value of {}", key, e);
      return false;
    }
  }

  private static String value(String body) throws IOException {
    try {
      JsonNode value = JsonMapper.shared().readTree(body).path(0).path("Value");
      // A key may be there without a value.
      return value.isString()
          ? new String(Base64.getDecoder().decode(value.stringValue()), StandardCharsets.UTF_8)
          : "";
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException("Consul's reply is not a key's value", e);
    }
  }
}
