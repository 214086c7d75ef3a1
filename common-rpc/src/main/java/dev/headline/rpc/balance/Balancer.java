package dev.headline.rpc.balance;

/**
 * Picks one of a fixed list of nodes. When the list changes, a new balancer is made; what is known
 * of each node lives on in its {@link Load}. Safe for use by many threads, and takes no lock.
 */
public interface Balancer {

  /** That no node may be picked. */
  int NONE = -1;

  /**
   * Picks one node.
   *
   * @param usable which nodes may be picked; asked more than once for the same node
   * @param call handed to {@code usable}, so that it need not capture anything
   * @param hash what calls have in common that belong to the same node; only consistent hashing
   *     looks at it
   * @param now the reading of the nanosecond clock by which the nodes' times are told
   * @return the node's place in the list, or {@link #NONE} if none is usable
   */
  <C> int pick(Usable<? super C> usable, C call, long hash, long now);

  /**
   * Whether a node may be picked for a call: it is connected, not ejected, not tried already.
   *
   * @param <C> what is known of the call
   */
  @FunctionalInterface
  interface Usable<C> {

    /**
     * Must neither block nor throw.
     *
     * @param node the node's place in the list
     * @param call what was handed to {@link Balancer#pick}
     */
    boolean test(int node, C call);
  }
}
