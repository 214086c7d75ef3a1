package dev.headline.data.cache;

import dev.headline.rpc.transport.Timers;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * What a cache does not decide itself.
 *
 * @param wallClock milliseconds since the epoch, because instances compare them
 * @param nanoClock only goes forward
 * @param timers for what is due later
 * @param random any number; different in every process
 */
record Surroundings(
    LongSupplier wallClock, LongSupplier nanoClock, Timers.Source timers, LongSupplier random) {

  static final Surroundings REAL =
      new Surroundings(
          System::currentTimeMillis,
          System::nanoTime,
          Timers::alarm,
          () -> ThreadLocalRandom.current().nextLong());

  /** A time that is up to ten percent longer or shorter. */
  long spread(long millis) {
    double share = (random.getAsLong() >>> 11) * 0x1.0p-53;
    return Math.round(millis * (0.9 + 0.2 * share));
  }
}
