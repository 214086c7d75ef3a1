package dev.headline.rpc.discovery;

import dev.headline.rpc.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one service in Consul on a virtual thread. What was last believed stays in use for as
 * long as Consul cannot be asked.
 */
final class ServiceWatcher {

  private static final Logger LOG = LoggerFactory.getLogger(ServiceWatcher.class);

  private final String service;
  private final ConsulClient client;
  private final Duration hold;
  private final Plausibility plausibility;
  private final Memory memory;
  private final Backoff backoff;
  private final LongSupplier nanoTime;
  private final Bulletin bulletin = new Bulletin();
  private final StopSignal signal = new StopSignal();
  private Set<String> unreadable = Set.of();
  private volatile @Nullable Long answeredAt;

  ServiceWatcher(
      String service,
      ConsulClient client,
      ConsulSettings settings,
      Backoff backoff,
      LongSupplier nanoTime) {
    this.service = service;
    this.client = client;
    this.hold = settings.hold();
    this.plausibility = new Plausibility(settings.halvedGrace(), settings.emptyGrace());
    this.memory = new Memory(settings.memory());
    this.backoff = backoff;
    this.nanoTime = nanoTime;
  }

  void start() {
    var loop = new Following(service, this::follow, this::silence, signal, backoff);
    Thread.ofVirtual().name("consul-watch-" + service).start(loop::run);
  }

  Directory.Watch listen(Consumer<List<Instance>> listener) {
    return bulletin.listen(listener);
  }

  /** How long ago Consul last answered, if it ever did. */
  Optional<Duration> age() {
    Long at = answeredAt;
    return at == null ? Optional.empty() : Optional.of(Duration.ofNanos(nanoTime.getAsLong() - at));
  }

  void stop() {
    signal.cancel();
  }

  private void silence(int failures) {
    if (failures == 1 && !signal.isStopped()) {
      recall();
    }
    plausibility.silence();
  }

  /** Makes one query and returns the index for the next one. */
  private long follow(long index) throws IOException {
    long now = nanoTime.getAsLong();
    Duration wanted = plausibility.untilBelieved(now, hold);
    // A wait of nothing would mean Consul's own, which is five minutes.
    Duration wait = wanted.compareTo(Following.BREATH) < 0 ? Following.BREATH : wanted;
    ConsulExchange.Reply reply = signal.await(client.health(service, index, wait));
    if (reply.status() != 200) {
      throw reply.failure();
    }
    take(ConsulFormat.read(service, reply.body()));
    return Following.nextIndex(index, reply.index());
  }

  private void take(ConsulFormat.Entries entries) {
    entries.unreadable().forEach(this::complain);
    unreadable = entries.unreadable().keySet();
    long now = nanoTime.getAsLong();
    answeredAt = now;
    List<Instance> told = entries.instances();
    List<Instance> believed = plausibility.judge(told, now);
    if (!believed.equals(told)) {
      LOG.warn(
          "Consul tells of {} instances of {} where {} were; not believed at once",
          told.size(),
          service,
          believed.size());
    }
    if (bulletin.publish(believed)) {
      memory.keep(service, believed);
    }
  }

  /** A process that starts while Consul is down starts from what an earlier one has known. */
  private void recall() {
    List<Instance> recalled = answeredAt == null ? memory.recall(service) : List.of();
    if (!recalled.isEmpty()) {
      LOG.info("{} starts from the last good list: {}", service, recalled);
      bulletin.publish(plausibility.judge(recalled, nanoTime.getAsLong()));
    }
  }

  private void complain(String id, String reason) {
    if (!unreadable.contains(id)) {
      LOG.warn(
          "Consul's entry '{}' of {} is not one of ours and is left out: {}", id, service, reason);
    }
  }
}
