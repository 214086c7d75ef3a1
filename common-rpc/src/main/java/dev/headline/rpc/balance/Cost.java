package dev.headline.rpc.balance;

/** What it costs to send one more call to a node; only comparisons matter. */
@FunctionalInterface
interface Cost {

  /** How many calls it has to answer, for what it can bear. */
  Cost LEAST_REQUEST = (load, weight, _) -> load.inFlight() / weight;

  /**
   * How long an answer will take: the average latency, once for this call and once for each that
   * waits there already. A node that has not answered yet gets one call to begin with.
   */
  Cost PEAK_EWMA =
      (load, weight, now) -> {
        double latency = load.latency(now);
        int inFlight = load.inFlight();
        if (latency == 0 && inFlight > 0) {
          return Double.MAX_VALUE;
        }
        return latency * (1 + inFlight / weight);
      };

  /**
   * The cost now.
   *
   * @param load what the node has to do
   * @param weight what it can bear, from 0, excluded, to 1 for the heaviest
   * @param now the reading of the nanosecond clock
   */
  double of(Load load, double weight, long now);
}
