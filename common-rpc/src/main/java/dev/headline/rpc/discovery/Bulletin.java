package dev.headline.rpc.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known list of one service, and those who want to hear of it. Safe for use by many
 * threads.
 *
 * <p>Listeners are called under a lock, because they are promised to be called by one thread at a
 * time and with the newest list last; they are promised not to block in return.
 */
final class Bulletin {

  private static final Logger LOG = LoggerFactory.getLogger(Bulletin.class);

  private final List<Reader> readers = new CopyOnWriteArrayList<>();
  private @Nullable List<Instance> last;

  /** Adds a listener, and tells it the list at once if there is one. */
  synchronized Directory.Watch listen(Consumer<List<Instance>> listener) {
    Reader reader = new Reader(listener);
    readers.add(reader);
    if (last != null) {
      reader.tell(last);
    }
    return reader;
  }

  /**
   * Tells everybody the list, unless it is what they know already.
   *
   * @return whether it was news
   */
  synchronized boolean publish(List<Instance> instances) {
    if (instances.equals(last)) {
      return false;
    }
    List<Instance> current = List.copyOf(instances);
    last = current;
    for (Reader reader : readers) {
      reader.tell(current);
      if (last != current) {
        return true; // the listener has changed the list, and everybody knows the newer one
      }
    }
    return true;
  }

  /** Compared by identity: one listener may listen twice. */
  private final class Reader implements Directory.Watch {

    private final Consumer<List<Instance>> listener;

    private Reader(Consumer<List<Instance>> listener) {
      this.listener = listener;
    }

    private void tell(List<Instance> instances) {
      try {
        listener.accept(instances);
      } catch (RuntimeException e) {
        // The other listeners and the watch itself must survive it.
        LOG.error("A listener has failed on {}", instances, e);
      }
    }

    @Override
    public void close() {
      readers.remove(this);
    }
  }
}
