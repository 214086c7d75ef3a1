package dev.headline.rpc.retry;

import dev.headline.rpc.transport.Timers;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Where time and chance come from.
 *
 * @param nanoClock what time it is, as {@link System#nanoTime()} says it
 * @param random gives each thread one that it may use
 * @param alarms run work later
 */
record Clockwork(LongSupplier nanoClock, Supplier<RandomGenerator> random, Timers.Source alarms) {

  static final Clockwork REAL =
      new Clockwork(System::nanoTime, ThreadLocalRandom::current, Timers::alarm);

  long now() {
    return nanoClock.getAsLong();
  }
}
