package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Three services in a row over one kind of address. Each test runs over each kind. */
abstract class OverHops {

  static final Duration LONG = Duration.ofSeconds(20);

  // A margin that also a cold and busy machine answers within, and one attempt to account for.
  static final CallPolicy POLICY =
      CallPolicy.DEFAULT
          .with(new TimeoutPolicy(LONG, LONG, LONG, LONG, LONG, Duration.ofMillis(100)))
          .with(new RetryPolicy.Off())
          .with(new HedgePolicy.Off());

  final Transport transport;
  Hops hops;

  OverHops(Transport transport) throws IOException {
    this.transport = transport;
    this.hops = new Hops(transport, POLICY);
  }

  @BeforeEach
  void warm() {
    hops.last(Users::everybody);
    assertThat(hops.first.batchGet(Users.ask(1)).getUsersCount()).isEqualTo(1);
    hops.arrived.set(0);
  }

  @AfterEach
  void close() {
    hops.close();
  }

  /** Goes on with services that are governed otherwise. */
  void startAnew(CallPolicy policy) throws IOException {
    hops.close();
    hops = new Hops(transport, policy);
    warm();
  }
}
