package dev.headline.rpc.fault;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Three instances, each of which takes 20 ms for a call. */
abstract class ThreeInstances {

  static final Duration BUDGET = Guards.ALL.timeout().total();
  static final int PER_SECOND = 200;

  static Fleet fleet;

  @BeforeAll
  static void start() {
    fleet = Fleet.of(3);
    fleet.behave(Behaviour.working(Duration.ofMillis(20)));
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }
}
