package dev.headline.data.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The names of what is counted of a cache; all have the label cache. Resolved once. */
final class CacheMeters {

  /** Keys that were asked for; has the label kind. */
  static final String READS = "headline.cache.reads";

  /** Reads of the source, each of one or more keys. */
  static final String LOADS = "headline.cache.loads";

  /** Keys that waited for a load that somebody else in this process had begun. */
  static final String COLLAPSED = "headline.cache.collapsed";

  /** Keys that came to be filled, refused ones too. */
  static final String FILLS = "headline.cache.fills";

  /** Fills that were refused; has the label reason: lease, position or epoch. */
  static final String FENCES = "headline.cache.fences";

  /** Keys that were loaded anew in the background. */
  static final String REFRESHES = "headline.cache.refreshes";

  /** Times that all values were given up, because there were too many invalidations to keep. */
  static final String EPOCHS = "headline.cache.epochs";

  /** Keys whose invalidation Redis does not know of yet. */
  static final String BACKLOG = "headline.cache.backlog";

  /** How long reads waited for a place at the source, those that had to. */
  static final String WAITS = "headline.cache.waits";

  /** Reads that wait for a place at the source. */
  static final String WAITING = "headline.cache.waiting";

  /** Where the answer to a key came from. */
  enum Kind {
    /** From this process. */
    NEAR,
    /** From Redis. */
    REDIS,
    /** From Redis: that there is no value. */
    NEGATIVE,
    /** From Redis, and due to be loaded anew. */
    STALE,
    /** From the source. */
    MISS,
    /** From the source, because Redis could not be asked. */
    BYPASSED
  }

  private final MeterRegistry registry;
  private final String cache;
  private final Map<Kind, Counter> reads = new EnumMap<>(Kind.class);
  private final Timer waits;
  private final Counter loads;
  private final Counter collapsed;
  private final Counter refreshes;
  private final Counter epochs;
  private final Counter fills;
  private final Counter leaseGone;
  private final Counter behind;
  private final Counter otherEpoch;

  CacheMeters(String cache, MeterRegistry registry) {
    this.registry = registry;
    this.cache = cache;
    for (Kind kind : Kind.values()) {
      reads.put(kind, counter(READS, "kind", kind.name().toLowerCase(Locale.ROOT)));
    }
    this.waits = Timer.builder(WAITS).tag("cache", cache).register(registry);
    this.loads = counter(LOADS);
    this.collapsed = counter(COLLAPSED);
    this.refreshes = counter(REFRESHES);
    this.epochs = counter(EPOCHS);
    this.fills = counter(FILLS);
    this.leaseGone = counter(FENCES, "reason", "lease");
    this.behind = counter(FENCES, "reason", "position");
    this.otherEpoch = counter(FENCES, "reason", "epoch");
  }

  void read(Kind kind, int keys) {
    if (keys > 0) {
      counter(kind).increment(keys);
    }
  }

  void loaded() {
    loads.increment();
  }

  void waited(long nanos) {
    waits.record(nanos, TimeUnit.NANOSECONDS);
  }

  void collapsed(int keys) {
    collapsed.increment(keys);
  }

  void refreshed(int keys) {
    refreshes.increment(keys);
  }

  void epoch() {
    epochs.increment();
  }

  /** Counts what {@link Scripts#FILL} answered. */
  void filled(List<byte[]> verdicts) {
    fills.increment(verdicts.size());
    for (byte[] verdict : verdicts) {
      switch (verdict[0]) {
        case 'l' -> leaseGone.increment();
        case 'p' -> behind.increment();
        case 'e' -> otherEpoch.increment();
        default -> {}
      }
    }
  }

  void show(IntSupplier backlog, IntSupplier waiting) {
    gauge(BACKLOG, backlog);
    gauge(WAITING, waiting);
  }

  private void gauge(String name, IntSupplier value) {
    Gauge.builder(name, value::getAsInt).tag("cache", cache).register(registry);
  }

  private Counter counter(Kind kind) {
    return Objects.requireNonNull(reads.get(kind));
  }

  private Counter counter(String name, String... more) {
    return Counter.builder(name).tag("cache", cache).tags(more).register(registry);
  }
}
