package dev.headline.rpc.load;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random graphs whose calls are let go one by one in a random order: every delay there can be, and
 * no clock. A call that is never started, or a run that is never told of its end, is found because
 * then nobody waits at the gate and nobody returns.
 */
@Timeout(120)
class RandomGraphTest {

  private static final int GRAPHS = 400;

  private final BlockingQueue<CountDownLatch> gates = new LinkedBlockingQueue<>();

  @Test
  void everyKeyIsAskedForOnceAndNoneBeforeItsParentIsThere() throws Exception {
    for (int seed = 0; seed < GRAPHS; seed++) {
      var random = new Random(seed);
      var graph = new RandomGraph(random, number -> passGate());
      Set<Long> primary = LoadRunnerTest.keys(1, random.nextInt(20));

      Loaded loaded = letGoInRandomOrder(random, () -> run(graph, primary));

      assertThat(loaded.missing()).as("seed %d", seed).isEmpty();
      List<Set<Long>> expected = graph.expectedKeys(primary);
      for (int i = 0; i < expected.size(); i++) {
        assertAskedOnce(graph, i, expected.get(i), "seed %d, field %d".formatted(seed, i));
        assertThat(loaded.all(graph.fields.get(i))).containsOnlyKeys(expected.get(i));
      }
    }
  }

  @Test
  void failuresHangNothingAndEachIsTold() throws Exception {
    for (int seed = 0; seed < GRAPHS; seed++) {
      var random = new Random(seed);
      int broken = 1 + random.nextInt(4);
      var graph =
          new RandomGraph(
              random,
              number -> {
                passGate();
                if (number > 0 && number % broken == 0) {
                  throw new RpcException(RpcCode.UNAVAILABLE, "field " + number);
                }
              });
      Set<Long> primary = LoadRunnerTest.keys(1, 1 + random.nextInt(20));

      Loaded loaded = letGoInRandomOrder(random, () -> run(graph, primary));

      for (int i = 0; i < graph.fields.size(); i++) {
        boolean failed = !graph.loaders.get(i).calls.isEmpty() && i > 0 && i % broken == 0;
        assertThat(loaded.outcome(graph.fields.get(i)) == Outcome.FAILED)
            .as("seed %d, field %d", seed, i)
            .isEqualTo(failed);
      }
    }
  }

  private static void assertAskedOnce(RandomGraph graph, int i, Set<Long> expected, String what) {
    List<Set<Long>> calls = graph.loaders.get(i).calls;
    int maximum = graph.maxima.get(i);
    var asked = new ArrayList<Long>();
    calls.forEach(asked::addAll);
    assertThat(asked).as(what).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(calls).as(what).hasSize(Math.ceilDiv(expected.size(), maximum));
    assertThat(calls).as(what).allMatch(call -> call.size() <= maximum);
  }

  private static Loaded run(RandomGraph graph, Set<Long> primary) {
    return new LoadRunner().run(graph.graph.plan(graph.names()), new HashSet<>(primary));
  }

  /** Each call waits here until the test lets it go. */
  private void passGate() {
    var gate = new CountDownLatch(1);
    gates.add(gate);
    awaitUninterruptibly(gate);
  }

  private Loaded letGoInRandomOrder(Random random, Supplier<Loaded> work) throws Exception {
    var end = new CountDownLatch(0);
    try (var request = Site.request(Duration.ofMinutes(1))) {
      var run =
          request
              .context()
              .fork(
                  () -> {
                    try {
                      return work.get();
                    } finally {
                      gates.add(end);
                    }
                  });
      var waiting = new ArrayList<CountDownLatch>();
      while (!waiting.contains(end)) {
        if (waiting.isEmpty()) {
          CountDownLatch next = gates.poll(20, TimeUnit.SECONDS);
          assertThat(next).as("somebody waits or returns").isNotNull();
          waiting.add(next);
        }
        gates.drainTo(waiting);
        CountDownLatch chosen = waiting.get(random.nextInt(waiting.size()));
        if (chosen != end) {
          waiting.remove(chosen);
          chosen.countDown();
        }
      }
      return run.join();
    }
  }
}
