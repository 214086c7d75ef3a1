package dev.headline.rpc.fault;

import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Callers that each make their next call when the last one is answered: for finding out how much an
 * instance can do, and for nothing else.
 *
 * @param callers how many
 * @param each how many calls each of them makes
 */
record ClosedLoop(int callers, int each) {

  private static final Duration LONG = Duration.ofSeconds(30);

  /** How many calls are answered in a second; fails if one of them fails. */
  double perSecond(IntFunction<String> call) {
    long start = System.nanoTime();
    try (var request = RequestContext.open(UserClient.GATEWAY, LONG)) {
      List<Fork<String>> forks =
          IntStream.range(0, callers)
              .mapToObj(_ -> request.context().fork(() -> repeat(call)))
              .toList();
      forks.forEach(Fork::join);
    }
    return callers * each * 1e9 / (System.nanoTime() - start);
  }

  private String repeat(IntFunction<String> call) {
    String last = "";
    for (int number = 0; number < each; number++) {
      last = call.apply(number);
    }
    return last;
  }
}
