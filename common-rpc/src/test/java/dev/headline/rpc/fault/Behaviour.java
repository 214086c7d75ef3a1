package dev.headline.rpc.fault;

import dev.headline.rpc.RpcCode;
import java.time.Duration;

/**
 * How an instance treats each call.
 *
 * @param work how long its work takes; not negative
 * @param workers how many calls it works on at once, the others wait in the order in which they
 *     came; at least one
 * @param outcome {@link RpcCode#OK}, or how every call fails when the work is done
 */
record Behaviour(Duration work, int workers, RpcCode outcome) {

  private static final int UNBOUNDED = 1_000_000;

  Behaviour {
    if (work.isNegative() || workers < 1) {
      throw new IllegalArgumentException("No such work: %s by %d".formatted(work, workers));
    }
  }

  /** Answers at once. */
  static Behaviour prompt() {
    return working(Duration.ZERO);
  }

  /** Answers after some work, as many at once as may come. */
  static Behaviour working(Duration work) {
    return new Behaviour(work, UNBOUNDED, RpcCode.OK);
  }

  /** The same with a bounded number of workers, which is what gives it a capacity. */
  Behaviour by(int bounded) {
    return new Behaviour(work, bounded, outcome);
  }

  /** The same, but every call fails. */
  Behaviour failing(RpcCode code) {
    return new Behaviour(work, workers, code);
  }

  /** How many calls it can answer in a second. */
  double capacity() {
    return workers * 1e9 / work.toNanos();
  }

  String format() {
    return work.toNanos() + " " + workers + " " + outcome;
  }

  static Behaviour parse(String text) {
    String[] words = text.split(" ", -1);
    return new Behaviour(
        Duration.ofNanos(Long.parseLong(words[0])),
        Integer.parseInt(words[1]),
        RpcCode.valueOf(words[2]));
  }
}
