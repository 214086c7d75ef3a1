package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Phase;
import dev.headline.rpc.Phases;
import io.grpc.Attributes;
import io.grpc.Metadata;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptTest {

  private final AtomicLong now = new AtomicLong(1_000);

  @Test
  void eachPhaseIsTimedFromTheEndOfTheOneBefore() {
    var attempt = new Attempt(false, now::get);
    connects(attempt, 10);
    now.addAndGet(20);
    attempt.outboundHeaders();
    now.addAndGet(300);
    attempt.inboundHeaders();
    now.addAndGet(40);
    attempt.finish();

    assertThat(attempt.phases()).isEqualTo(new Phases(10, 20, 300, 40));
  }

  @Test
  void anAttemptThatEndsEarlyHasSpentNothingInWhatItDidNotComeTo() {
    var attempt = new Attempt(false, now::get);
    now.addAndGet(50);
    attempt.finish();
    assertThat(attempt.phases()).isEqualTo(new Phases(50, 0, 0, 0));
    assertThat(attempt.phase()).isEqualTo(Phase.CONNECT);

    var another = new Attempt(false, now::get);
    connects(another, 10);
    now.addAndGet(70);
    another.finish();
    assertThat(another.phases()).isEqualTo(new Phases(10, 70, 0, 0));
    assertThat(another.phase()).isEqualTo(Phase.WRITE);
    assertThat(another.isSent()).isFalse();
  }

  @Test
  void aLargeRequestIsWrittenWhenItsLastByteIs() {
    var attempt = new Attempt(true, now::get);
    connects(attempt, 10);
    attempt.outboundHeaders();
    assertThat(attempt.phase()).isEqualTo(Phase.WRITE);
    assertThat(attempt.isSent()).isTrue();

    now.addAndGet(90);
    attempt.bodyWritten();
    assertThat(attempt.phase()).isEqualTo(Phase.WAIT);
    now.addAndGet(5);
    attempt.finish();
    assertThat(attempt.phases()).isEqualTo(new Phases(10, 90, 5, 0));
  }

  @Test
  void aPeerMayAnswerBeforeItHasReadAll() {
    var attempt = new Attempt(true, now::get);
    connects(attempt, 10);
    attempt.outboundHeaders();
    now.addAndGet(20);
    attempt.inboundTrailers(new Metadata());
    now.addAndGet(5);
    attempt.finish();

    assertThat(attempt.phases()).isEqualTo(new Phases(10, 20, 0, 5));
    assertThat(attempt.isAnswered()).isTrue();
  }

  @Test
  void whatPassesWhileNobodyLooksCountsLittle() {
    var attempt = new Attempt(false, now::get);
    connects(attempt, 1_000);
    now.addAndGet(10);
    assertThat(attempt.seenIn(Phase.WRITE, 20)).isEqualTo(10);
    now.addAndGet(10);
    assertThat(attempt.seenIn(Phase.WRITE, 20)).isEqualTo(20);
    now.addAndGet(5_000);
    assertThat(attempt.seenIn(Phase.WRITE, 20)).isEqualTo(40);

    attempt.outboundHeaders();
    now.addAndGet(3);
    assertThat(attempt.seenIn(Phase.WAIT, 20)).isEqualTo(3);
  }

  private void connects(Attempt attempt, long nanos) {
    now.addAndGet(nanos);
    attempt.streamCreated(Attributes.EMPTY, new Metadata());
  }
}
