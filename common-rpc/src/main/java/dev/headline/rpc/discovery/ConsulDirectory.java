package dev.headline.rpc.discovery;

import dev.headline.rpc.Backoff;
import dev.headline.rpc.CallKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds instances in Consul. All watches of a service share one blocking query, so a change is seen
 * within milliseconds and nothing is asked meanwhile.
 *
 * <p>Consul may die: the last list stays in use for as long as it takes. It may come back without
 * its memory: a list that has suddenly lost more than half is believed only once it has stayed so
 * for a while. Calls pass over instances that have no connection; one that finds no instance fails.
 */
public final class ConsulDirectory implements Directory {

  private final ConsulSettings settings;
  private final ConsulClient client;
  private final Backoff backoff;
  private final LongSupplier nanoTime;
  private final Map<String, Shared> watched = new HashMap<>();
  private boolean closed;

  public ConsulDirectory(ConsulSettings settings) {
    this(settings, new Backoff(new Random()), System::nanoTime);
  }

  ConsulDirectory(ConsulSettings settings, Backoff backoff, LongSupplier nanoTime) {
    this.settings = settings;
    this.client = new ConsulClient(settings);
    this.backoff = backoff;
    this.nanoTime = nanoTime;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if no service can have that name
   * @throws IllegalStateException if the directory is closed
   */
  @Override
  public Watch watch(String service, Consumer<List<Instance>> listener) {
    if (!CallKey.isName(service)) {
      throw new IllegalArgumentException("No service can have the name '" + service + "'");
    }
    Watch watch = join(service).listen(listener);
    return new Membership(service, watch);
  }

  /**
   * How long ago Consul last answered for a service. While all is well that is at most as long as
   * it may hold back a query; empty if it has never answered, or nobody watches.
   */
  public synchronized Optional<Duration> age(String service) {
    return Optional.ofNullable(watched.get(service)).flatMap(shared -> shared.watcher.age());
  }

  /** Ends all watches and their queries at once. */
  @Override
  public synchronized void close() {
    closed = true;
    watched.values().forEach(shared -> shared.watcher.stop());
    watched.clear();
    client.close();
  }

  private synchronized ServiceWatcher join(String service) {
    if (closed) {
      throw new IllegalStateException("The directory is closed");
    }
    Shared shared = watched.computeIfAbsent(service, this::start);
    shared.members++;
    return shared.watcher;
  }

  private synchronized void leave(String service) {
    Shared shared = watched.get(service);
    if (shared != null && --shared.members == 0) {
      watched.remove(service);
      shared.watcher.stop();
    }
  }

  private Shared start(String service) {
    ServiceWatcher watcher = new ServiceWatcher(service, client, settings, backoff, nanoTime);
    watcher.start();
    return new Shared(watcher);
  }

  private static final class Shared {

    private final ServiceWatcher watcher;
    private int members;

    private Shared(ServiceWatcher watcher) {
      this.watcher = watcher;
    }
  }

  /** One listener's share in a watcher, which ends with the last of them. */
  private final class Membership implements Watch {

    private final String service;
    private final Watch watch;
    private final AtomicBoolean left = new AtomicBoolean();

    private Membership(String service, Watch watch) {
      this.service = service;
      this.watch = watch;
    }

    @Override
    public void close() {
      if (left.compareAndSet(false, true)) {
        watch.close();
        leave(service);
      }
    }
  }
}
