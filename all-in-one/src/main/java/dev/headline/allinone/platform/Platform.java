package dev.headline.allinone.platform;

import static java.util.Objects.requireNonNull;

import dev.headline.allinone.topology.Layout;
import dev.headline.allinone.topology.Placement;
import dev.headline.allinone.topology.Service;
import dev.headline.allinone.topology.Topology;
import dev.headline.allinone.topology.Transport;
import dev.headline.infra.process.Await;
import dev.headline.infra.process.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A topology that runs: servers first, then services, then the gateway; and all of it back in the
 * reverse order. Nothing of it outlives this JVM, however that ends. To be started by one thread;
 * any thread can close it, also while it starts, and look at what runs.
 */
public final class Platform implements AutoCloseable {

  private static final Duration FIRST_PAGE = Duration.ofSeconds(30);

  private final Topology topology;
  private final Home home;
  private final Modules modules;
  private final Consumer<String> progress;
  private final Instances instances;

  /** Held while something is started, so that whoever closes knows all that runs. */
  private final ReentrantLock steps = new ReentrantLock();

  private volatile boolean closing;
  private volatile @Nullable Servers servers;
  private volatile @Nullable Discovery discovery;

  /**
   * A platform of which nothing runs yet.
   *
   * @param topology what to start
   * @param home where to keep what is written; what an earlier platform kept there is used again
   * @param modules what services in JVMs of their own run from
   * @param progress told what goes on, a line at a time
   */
  public Platform(Topology topology, Home home, Modules modules, Consumer<String> progress) {
    this.topology = topology;
    this.home = home;
    this.modules = modules;
    this.progress = progress;
    this.instances = new Instances(progress);
  }

  /** A platform that is up: the two steps in one. */
  public static Platform start(
      Topology topology, Home home, Modules modules, Consumer<String> progress) {
    Platform platform = new Platform(topology, home, modules, progress);
    platform.start();
    return platform;
  }

  /**
   * Starts everything and blocks until a feed page is served. To be called once.
   *
   * @throws PlatformException if something cannot be started, or the platform is closed meanwhile;
   *     nothing is left running then
   */
  public void start() {
    Ports.requireFree(topology.port());
    home.create();
    try {
      step(() -> servers = Servers.start(home, progress));
      step(() -> discovery = discover(servers()));
      startInstances();
      awaitPage();
      step(this::writeState);
    } catch (RuntimeException | Error failure) {
      boolean wasClosed = closing;
      close();
      if (wasClosed) {
        throw new PlatformException("The platform was stopped while it started", failure);
      }
      throw failure;
    }
  }

  /** Does one step of starting, and writes down what runs by then; or nothing if it is too late. */
  private void step(Runnable work) {
    steps.lock();
    try {
      if (closing) {
        throw new CancellationException("The platform is being stopped");
      }
      work.run();
      State.writeProcesses(home, processes());
    } finally {
      steps.unlock();
    }
  }

  private Discovery discover(Servers running) {
    return topology.transport() == Transport.IN_PROCESS
        ? new Discovery.Local()
        : running.startConsul(home.logs(), progress);
  }

  private void startInstances() {
    List<Placement> placements = Layout.of(topology, FreePorts::any, home.sockets());
    InstanceSettings settings =
        new InstanceSettings(servers()::data, servers()::gateway, discovery(), placements);
    startTogether(placements, settings, Service::isBackend);
    startTogether(placements, settings, Predicate.not(Service::isBackend));
  }

  private void startTogether(
      List<Placement> placements, InstanceSettings settings, Predicate<Service> which) {
    instances.startTogether(
        placements.stream().filter(placement -> which.test(placement.service())).toList(),
        placement -> launch(placement, settings),
        this::step);
  }

  private RunningInstance launch(Placement placement, InstanceSettings settings) {
    Path file = settings.write(placement, home.run());
    return switch (topology.hosting()) {
      case OWN_JVM -> ChildInstance.start(placement, file, home, modules);
      case SHARED_JVM -> ContextInstance.start(placement, settings.of(placement), home);
    };
  }

  private void awaitPage() {
    progress.accept("Waiting for a feed page");
    if (!Await.within(FIRST_PAGE, () -> FeedPage.get(baseUrl()).isComplete())) {
      throw new PlatformException("No feed page, but " + FeedPage.get(baseUrl()));
    }
  }

  /** Where the public API is, such as {@code http://127.0.0.1:8080}. */
  public String baseUrl() {
    return instances.all().stream()
        .map(RunningInstance::placement)
        .filter(placement -> placement.service() == Service.GATEWAY)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The gateway was not started"))
        .httpUrl();
  }

  /** Every instance of every service, in the order in which they started. */
  public List<RunningInstance> instances() {
    return instances.all();
  }

  /** The servers below the services, to put them through faults; once it is up. */
  public Servers servers() {
    return requireNonNull(servers, "The servers were not started");
  }

  /** How instances find each other here; once it is up. */
  public Discovery discovery() {
    return requireNonNull(discovery, "The servers were not started");
  }

  private List<ProcessState> processes() {
    List<ProcessState> processes = new ArrayList<>();
    processes.add(ProcessState.ofThisJvm(home.log("platform")));
    processes.addAll(servers().states());
    instances.all().stream().map(ProcessState::of).forEach(processes::add);
    return processes;
  }

  private void writeState() {
    new State(
            ProcessHandle.current().pid(),
            topology.describe(),
            baseUrl(),
            discovery().directory(),
            discovery() instanceof Discovery.ByConsul(String url) ? url : "",
            servers().dataFolder().toString(),
            processes())
        .write(home);
  }

  /**
   * Stops everything that runs: the gateway first, so that nobody is refused by what it needs; the
   * servers last. A start that is under way ends, and whoever is second waits for the first.
   */
  @Override
  public void close() {
    closing = true;
    steps.lock();
    try {
      Servers running = servers;
      // Without servers nothing else runs, and what is written down is not ours.
      if (running != null) {
        instances.closeTogether(Predicate.not(Service::isBackend));
        instances.closeTogether(Service::isBackend);
        progress.accept("Stopping the servers");
        running.close();
        servers = null;
        State.erase(home);
      }
    } finally {
      steps.unlock();
    }
  }
}
