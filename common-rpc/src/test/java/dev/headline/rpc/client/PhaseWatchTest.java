package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.TimeoutPolicy;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class PhaseWatchTest {

  private final PhaseWatch watch = new PhaseWatch(TimeoutPolicy.DEFAULT);

  @Test
  void whateverEndsIsForgottenAlsoIfManyComeAtOnce() {
    for (int round = 0; round < 5; round++) {
      IntStream.range(0, 1_000)
          .parallel()
          .forEach(
              _ -> {
                var attempt = new Attempt(false, System::nanoTime);
                watch.add(attempt);
                attempt.finish();
              });
      Awaitility.await().until(watch::isIdle);
    }
  }

  @Test
  void whatIsStillOutIsNotForgotten() {
    var patient = new PhaseWatch(TimeoutPolicy.DEFAULT);
    var stillOut = new Attempt(false, () -> 0);
    patient.add(stillOut);
    for (int i = 0; i < 100; i++) {
      var attempt = new Attempt(false, System::nanoTime);
      patient.add(attempt);
      attempt.finish();
    }

    assertThat(patient.isIdle()).isFalse();
    stillOut.finish();
    Awaitility.await().until(patient::isIdle);
  }
}
