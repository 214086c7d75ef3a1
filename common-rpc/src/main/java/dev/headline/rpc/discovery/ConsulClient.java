package dev.headline.rpc.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * The five requests that we make of Consul's HTTP API. Each is only started here: {@link
 * ConsulExchange} waits for the reply. Safe for use by many threads.
 *
 * <p>It keeps to what Consul 1.8 understands.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs">Consul's HTTP API</a>
 */
final class ConsulClient implements AutoCloseable {

  /** Some thousands of instances. More than that is not an answer but a fault. */
  private static final long LARGEST_REPLY = 8L << 20;

  private final ConsulSettings settings;
  private final String root;
  private final HttpClient http;

  ConsulClient(ConsulSettings settings) {
    this.settings = settings;
    this.root = settings.url().toString().replaceAll("/+$", "") + "/v1/";
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .executor(Thread::startVirtualThread)
            .build();
  }

  /**
   * Asks for the passing instances of a service; Consul holds the reply back until the list has
   * moved on from an index.
   *
   * @param index what the last reply had, or 0 to be answered at once
   * @param wait how long it may be held back
   */
  ConsulExchange health(String service, long index, Duration wait) {
    return held("health/service/%s?passing=true&".formatted(segment(service)), index, wait);
  }

  /**
   * Asks for the value of a key; Consul holds the reply back as for {@link #health}.
   *
   * @param key its path
   */
  ConsulExchange key(String key, long index, Duration wait) {
    return held("kv/%s?".formatted(segment(key).replace("%2F", "/")), index, wait);
  }

  private ConsulExchange held(String path, long index, Duration wait) {
    // Consul adds up to a sixteenth of the wait, so that clients do not all come back at once.
    Duration limit = wait.plus(wait.dividedBy(16)).plus(settings.timeout());
    String query = path + "index=%d&wait=%dms".formatted(index, wait.toMillis());
    return send(request(query).GET().build(), limit);
  }

  /** Makes an instance known as well, and replaces what was known under its id. */
  ConsulExchange register(Instance instance) {
    String body = ConsulFormat.write(instance, settings.timeToLive());
    return put(
        "agent/service/register?replace-existing-checks=true",
        BodyPublishers.ofString(body),
        settings.timeout());
  }

  /** Says that an instance is well. */
  ConsulExchange pass(Instance instance) {
    String path = "agent/check/pass/" + segment(ConsulFormat.check(instance));
    return put(path, BodyPublishers.noBody(), settings.timeout());
  }

  /** Takes an instance back. */
  ConsulExchange deregister(Instance instance, Duration limit) {
    String path = "agent/service/deregister/" + segment(instance.id());
    return put(path, BodyPublishers.noBody(), limit);
  }

  /** Ends every request at once. */
  @Override
  public void close() {
    http.shutdownNow();
  }

  private ConsulExchange put(String path, BodyPublisher body, Duration limit) {
    return send(request(path).PUT(body).build(), limit);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path));
    if (settings.token() != null) {
      request.header("X-Consul-Token", settings.token());
    }
    return request;
  }

  private ConsulExchange send(HttpRequest request, Duration limit) {
    String what = request.method() + " " + request.uri().getPath();
    var handler = BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST_REPLY);
    return new ConsulExchange(what, http.sendAsync(request, handler), limit);
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
