package dev.headline.rpc.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * As much of Consul as we use, over real HTTP, with faults at will. What is told by {@link #tell}
 * and what is registered are two things here, so that a test decides what is told when.
 */
final class FakeConsul implements AutoCloseable {

  private static final Pattern QUERY = Pattern.compile(".*&index=(\\d+)&wait=(\\d+)ms");

  /** Each request's method, path and query, in order of arrival. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  /** The body of each registration, by the instance's id. */
  final Map<String, String> registered = new ConcurrentHashMap<>();

  /** The last token that was sent. */
  volatile @Nullable String token;

  /** What is said to be the index, if not the index. */
  volatile @Nullable String falseIndex;

  private final HttpServer server;
  private String answer = "[]";
  private long index = 1;
  private int status = 200;
  private boolean hanging;
  private boolean closed;

  FakeConsul() throws IOException {
    this(0);
  }

  FakeConsul(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Thread::startVirtualThread);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return server.getAddress().getPort();
  }

  /**
   * Answers health queries with these instances from now on, at the next index, which is returned.
   */
  long tell(Instance... instances) {
    List<String> entries = new ArrayList<>();
    for (Instance instance : instances) {
      entries.add(entry(instance));
    }
    return tellText("[" + String.join(",", entries) + "]");
  }

  /** Answers health queries with this text. */
  synchronized long tellText(String text) {
    answer = text;
    index++;
    notifyAll();
    return index;
  }

  static String entry(Instance instance) {
    String body = ConsulFormat.write(instance, Duration.ofSeconds(6));
    return "{\"Service\":" + body + "}";
  }

  /** Sets the index, as a Consul does that has lost its memory. */
  synchronized void index(long next) {
    index = next;
    notifyAll();
  }

  /** Answers everything with this status from now on. */
  synchronized void status(int next) {
    status = next;
    notifyAll();
  }

  /** Answers nothing from now on, or lets everything that waits go on. */
  synchronized void hang(boolean next) {
    hanging = next;
    notifyAll();
  }

  /** The indexes that health queries have asked with. */
  List<Long> indexes() {
    return requests.stream()
        .map(QUERY::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Long.valueOf(matcher.group(1)))
        .toList();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    server.stop(0);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String uri = exchange.getRequestURI().toString();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      token = exchange.getRequestHeaders().getFirst("X-Consul-Token");
      requests.add(exchange.getRequestMethod() + " " + uri);
      Answer answer = answer(uri, body);
      if (!isClosed()) { // who is killed says nothing more
        reply(exchange, answer);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private synchronized Answer answer(String uri, String body) throws InterruptedException {
    while (hanging && !closed) {
      wait();
    }
    if (status != 200) {
      return new Answer(status, "on purpose");
    }
    Matcher query = QUERY.matcher(uri);
    if (query.matches()) {
      hold(Long.parseLong(query.group(1)), Long.parseLong(query.group(2)));
      return new Answer(status, answer);
    }
    String id = uri.substring(uri.lastIndexOf('/') + 1);
    if (uri.contains("/service/register")) {
      registered.put(body.replaceAll("(?s).*\"ID\":\"([^\"]+)\".*", "$1"), body);
      return new Answer(200, "");
    }
    if (uri.contains("/service/deregister/")) {
      registered.remove(id);
      return new Answer(200, "");
    }
    boolean known = registered.containsKey(id.replace("heartbeat%3A", ""));
    return known ? new Answer(200, "") : new Answer(500, "CheckID does not have associated TTL");
  }

  /** Consul holds a query for a higher index too; here a test need not wait for that. */
  private synchronized void hold(long seen, long milliseconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
    long left = milliseconds;
    while (index == seen && seen > 0 && left > 0 && status == 200 && !closed) {
      wait(left);
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private void reply(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body.getBytes(UTF_8);
    String lie = falseIndex;
    synchronized (this) {
      exchange.getResponseHeaders().add("X-Consul-Index", lie == null ? Long.toString(index) : lie);
    }
    exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private record Answer(int status, String body) {}
}
