package dev.headline.rpc;

/**
 * What the calls on one connection say of its instance. There is one for each connection, for as
 * long as that lives. Safe for many threads.
 */
@FunctionalInterface
public interface Health {

  /** Of an instance that nobody judges. */
  Health GOOD = () -> true;

  /**
   * Whether calls may go there. Asked at every pick, so it takes no lock and does not block.
   *
   * @return false if the instance is to be passed over as long as there is another
   */
  boolean isUsable();

  /**
   * Whether a call is to go there although it is not usable, as the one that finds out whether it
   * is well again. If so, the call must go there next. Takes no lock.
   */
  default boolean tryProbe(Call<?, ?> call) {
    return false;
  }

  /** Says that the instance is gone, once. */
  default void end() {}
}
