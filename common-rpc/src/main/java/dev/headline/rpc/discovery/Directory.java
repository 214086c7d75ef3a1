package dev.headline.rpc.discovery;

import java.util.List;
import java.util.function.Consumer;

/**
 * Knows which instances of a service there are, and tells when that changes. Safe for use by many
 * threads.
 */
public interface Directory extends AutoCloseable {

  /**
   * Watches one service.
   *
   * @param service the service's name
   * @param listener called with an immutable list, whole each time: once as soon as the list is
   *     known for the first time (before this method returns, if it is known already) and then
   *     after each change. Never called by two threads at once. It must not block.
   * @return ends the watch when closed; the listener may be called once more while it closes
   */
  Watch watch(String service, Consumer<List<Instance>> listener);

  /** Ends all watches. */
  @Override
  void close();

  /** A watch that is on. */
  interface Watch extends AutoCloseable {

    @Override
    void close();
  }
}
