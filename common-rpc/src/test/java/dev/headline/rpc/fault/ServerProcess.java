package dev.headline.rpc.fault;

import dev.headline.infra.Endpoint;
import dev.headline.infra.process.Account;
import dev.headline.infra.process.Await;
import dev.headline.infra.process.ChildProcess;
import dev.headline.infra.process.FreePorts;
import dev.headline.infra.process.Launch;
import dev.headline.infra.process.StopSignal;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An instance of the user service in a JVM of its own. It keeps its ports when it is started anew,
 * and ends with this JVM however that ends.
 */
final class ServerProcess implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private final Instance instance;
  private final Endpoint endpoint;
  private final int sideDoor = FreePorts.any();
  private final Launch launch;
  private ChildProcess process;

  private ServerProcess(String id, String cluster, Path folder, List<String> properties) {
    endpoint = FreePorts.endpoint(0);
    instance = instanceAt(id, cluster, endpoint);
    launch =
        new Launch(
            id,
            command(properties),
            new Account(false),
            folder.resolve(id + ".log"),
            StopSignal.TERM,
            List.of("SPRING_", "HEADLINE_"),
            GRACE);
    process = ChildProcess.start(launch);
  }

  /**
   * Starts it and returns at once; see {@link #awaitReady}.
   *
   * @param folder for its log
   * @param properties as {@code name=value}, beside those that say who it is
   */
  static ServerProcess start(String id, String cluster, Path folder, List<String> properties) {
    return new ServerProcess(id, cluster, folder, properties);
  }

  /** The same instance as reached at another address, such as a proxy's. */
  Instance at(Endpoint elsewhere) {
    return instanceAt(id(), instance.cluster(), elsewhere);
  }

  Instance instance() {
    return instance;
  }

  String id() {
    return instance.id();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  void awaitReady() {
    process.awaitReady(READY, this::answers);
  }

  /** Ends it as a crash would. */
  void kill() {
    process.kill();
  }

  /** Makes it hang: its connections stay open, and nothing answers. */
  void pause() {
    process.pause();
    if (!Await.within(LIMIT, this::isPaused)) {
      throw new IllegalStateException(id() + " does not hang");
    }
  }

  /** Whether the kernel says that it stands still. */
  boolean isPaused() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException gone) {
      return false;
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void resume() {
    process.resume();
  }

  /** Stops it in its own order, and waits until it has ended. */
  @Override
  public void close() {
    process.stop();
  }

  /** Starts it again where it was, and waits until it serves. */
  void startAgain() {
    process.stop();
    process = ChildProcess.start(launch);
    awaitReady();
  }

  void behave(Behaviour behaviour) {
    ask(UserInstance.BEHAVIOUR, behaviour.format());
  }

  /** Refuses what it cannot bear from now on, or lets everything in. */
  void shed(boolean on) {
    ask(UserInstance.SHEDDING, Boolean.toString(on));
  }

  Counts counts() {
    return Counts.parse(ask(UserInstance.COUNTS, ""));
  }

  private List<String> command(List<String> properties) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                UserInstance.class.getName(),
                "--" + UserInstance.SIDE_DOOR + "=" + sideDoor,
                "--headline.rpc.service=" + instance.service(),
                "--headline.rpc.instance=" + id(),
                "--headline.rpc.cluster=" + instance.cluster(),
                "--headline.rpc.listen=" + instance.address()));
    properties.forEach(property -> command.add("--" + property));
    return command;
  }

  private boolean answers() {
    try {
      return counts().begun() >= 0;
    } catch (IllegalStateException notYet) {
      return false;
    }
  }

  private String ask(String path, String body) {
    URI uri = URI.create("http://%s:%d%s".formatted(Endpoint.LOOPBACK, sideDoor, path));
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(LIMIT).POST(BodyPublishers.ofString(body)).build();
    try {
      return HTTP.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException(id() + " does not answer at its side door", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Instance instanceAt(String id, String cluster, Endpoint endpoint) {
    var address = new Address.Tcp(endpoint.host(), endpoint.port());
    return new Instance(id, Fleet.SERVICE, cluster, address, Instance.DEFAULT_WEIGHT);
  }
}
