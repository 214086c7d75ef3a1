package dev.headline.rpc.discovery;

import dev.headline.rpc.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows something in Consul by one blocking query after the other, and waits longer and longer
 * while Consul does not answer.
 *
 * @see <a href="https://developer.hashicorp.com/consul/api-docs/features/blocking">Consul: blocking
 *     queries</a>
 */
final class Following {

  private static final Logger LOG = LoggerFactory.getLogger(Following.class);

  /**
   * Between two queries, so that something that changes all the time is not asked for all the time.
   */
  static final Duration BREATH = Duration.ofMillis(20);

  /** One query. */
  interface Query {

    /**
     * Makes it.
     *
     * @param index what the last reply had, or 0 to be answered at once
     * @return the index for the next one
     */
    long follow(long index) throws IOException;
  }

  private final String what;
  private final Query query;
  private final IntConsumer silence;
  private final StopSignal signal;
  private final Backoff backoff;

  /**
   * @param what is followed, for the log
   * @param silence hears each time that Consul has not answered, how often in a row that was
   */
  Following(String what, Query query, IntConsumer silence, StopSignal signal, Backoff backoff) {
    this.what = what;
    this.query = query;
    this.silence = silence;
    this.signal = signal;
    this.backoff = backoff;
  }

  /** Goes on until the signal stops it. */
  void run() {
    long index = 0;
    int failures = 0;
    boolean goOn = true;
    while (goOn) {
      try {
        index = query.follow(index);
        if (failures > 0) {
          LOG.info("Consul answers again for {}", what);
        }
        failures = 0;
        goOn = signal.pause(BREATH);
      } catch (IOException | RuntimeException e) {
        // Also what nobody thought of: a thread that ended here would freeze what is known without
        // a word.
        failures++;
        if (failures == 1 && !signal.isStopped()) {
          LOG.warn("Consul does not answer for {}; what is known stays: {}", what, e.toString());
        }
        silence.accept(failures);
        // It may come back without its memory, and hold back a query for an index it had before.
        index = 0;
        goOn = signal.pause(backoff.delay(failures));
      }
    }
  }

  /** Consul's rules: an index is above zero, and one that goes backwards means to start anew. */
  static long nextIndex(long last, long next) {
    return next < last ? 0 : Math.max(1, next);
  }
}
