package dev.headline.rpc.client;

import java.util.List;

/**
 * The instances of a cluster at one moment.
 *
 * @param edition grows by one with each change
 * @param known all of them
 * @param ready those that are connected
 */
record Members(long edition, List<Peer> known, List<Peer> ready) {

  static final Members NONE = new Members(0, List.of(), List.of());

  /** Those that follow, connected or not as they are now. */
  Members next(List<Peer> all) {
    return new Members(edition + 1, all, all.stream().filter(Peer::isReady).toList());
  }

  /** Whether there are some and none of them is connected. */
  boolean isPending() {
    return ready.isEmpty() && !known.isEmpty();
  }
}
