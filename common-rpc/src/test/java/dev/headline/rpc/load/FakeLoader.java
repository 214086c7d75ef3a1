package dev.headline.rpc.load;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers from a function, remembers what it was asked, and waits or fails if told to. */
final class FakeLoader<K, V> implements Loader<K, V> {

  final List<Set<K>> calls = new CopyOnWriteArrayList<>();
  final List<Thread> threads = new CopyOnWriteArrayList<>();
  final CountDownLatch started = new CountDownLatch(1);

  private final Source<K, V> source;
  private volatile Consumer<Set<K>> before = keys -> {};

  FakeLoader(Source<K, V> source) {
    this.source = source;
  }

  /** Does this within each call, before it answers. */
  FakeLoader<K, V> before(Consumer<Set<K>> action) {
    this.before = action;
    return this;
  }

  /** Fails each call. */
  FakeLoader<K, V> failingWith(RuntimeException failure) {
    return before(
        keys -> {
          throw failure;
        });
  }

  /** Waits in each call, whatever becomes of the request. */
  FakeLoader<K, V> stubbornUntil(CountDownLatch gate) {
    return before(keys -> Uninterruptibles.awaitUninterruptibly(gate));
  }

  @Override
  public Map<K, V> load(Set<K> keys) {
    calls.add(new HashSet<>(keys));
    threads.add(Thread.currentThread());
    started.countDown();
    before.accept(keys);
    var found = new HashMap<K, V>();
    for (K key : keys) {
      V value = source.find(key);
      if (value != null) {
        found.put(key, value);
      }
    }
    return found;
  }

  /** Where the values are. */
  @FunctionalInterface
  interface Source<K, V> {

    @Nullable V find(K key);
  }
}
