package dev.headline.rpc.discovery;

/**
 * Where an instance makes itself known, so that a {@link Directory} can tell of it. Safe for use by
 * many threads.
 */
public interface Registry {

  /**
   * Makes an instance known, and sees to it that it stays known: a registry that forgets is told
   * again. Returns once the first attempt has been made, whether it succeeded or not; a registry
   * that cannot be reached is tried again until it can be.
   *
   * @return takes the instance back when closed
   */
  Registration register(Instance instance);

  /** An instance that is known. */
  interface Registration extends AutoCloseable {

    /**
     * Takes the instance back. Blocks for a short, bounded time; a registry that cannot be reached
     * will find out by itself.
     */
    @Override
    void close();
  }
}
