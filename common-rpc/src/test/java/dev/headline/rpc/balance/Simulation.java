package dev.headline.rpc.balance;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Callers that call at random instants, and nodes that take a random time to answer, on a clock
 * that jumps from one event to the next.
 */
final class Simulation {

  private static final double CALLS_PER_SECOND = 300;

  private final Random random = new Random(11);
  private final List<Node> nodes;
  private final Balancer balancer;
  private final PriorityQueue<Answer> answers = new PriorityQueue<>();
  private long now;

  Simulation(List<Node> nodes, Cost cost) {
    this.nodes = nodes;
    this.balancer = new TwoChoices(nodes, SlowStart.NONE, cost, random);
  }

  /** Goes on for a while, and tells how many calls each node has had in it. */
  int[] run(Duration time, Duration... latencies) {
    int[] calls = new int[nodes.size()];
    long end = now + time.toNanos();
    long arrival = now;
    while (arrival < end) {
      arrival += exponential(1e9 / CALLS_PER_SECOND);
      answerUntil(arrival);
      now = arrival;
      int node = balancer.pick(Nodes.ALL, "a call", 0, now);
      calls[node]++;
      nodes.get(node).load().begin();
      // Half of a latency is fixed and half is chance.
      double half = latencies[node].toNanos() / 2.0;
      answers.add(new Answer(now + (long) half + exponential(half), now, node));
    }
    return calls;
  }

  private void answerUntil(long time) {
    for (var next = answers.peek(); next != null && next.at() <= time; next = answers.peek()) {
      nodes.get(next.node()).load().answered(next.at() - next.begun(), next.at());
      answers.remove();
    }
  }

  private long exponential(double mean) {
    return (long) (-mean * Math.log(1 - random.nextDouble()));
  }

  private record Answer(long at, long begun, int node) implements Comparable<Answer> {

    @Override
    public int compareTo(Answer other) {
      return Long.compare(at, other.at);
    }
  }
}
