package dev.headline.rpc.load;

/**
 * How one field is loaded: a line of a {@link LoadGraph}, made by {@link LoadGraph#basic}, {@link
 * LoadGraph#sub} and {@link LoadGraph#subMany}. Immutable.
 *
 * @param <R> the primary keys it can begin with; any, if it begins with another field's values
 */
public sealed interface FieldLoader<R> permits BasicLoader, SubLoader {

  /** The most keys in one call, unless said otherwise. */
  int DEFAULT_BATCH = 100;

  /** What is loaded. */
  Field<?, ?> field();

  /** The most keys in one call; more are split evenly, and the parts are loaded in parallel. */
  int maxBatch();

  /** Whether it is kept off the caller's thread. */
  boolean isAside();

  /**
   * This, with another limit for the keys in one call.
   *
   * @param keys at least 1
   */
  FieldLoader<R> inBatchesOf(int keys);

  /**
   * This, kept off the caller's thread: for a loader that goes on although the request has ended.
   * It costs a thread more, and in return nobody waits for it then.
   */
  FieldLoader<R> aside();
}
