package dev.headline.feed.logic;

import dev.headline.rpc.Backoff;
import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats {@link FollowChanges#step} on one virtual thread from {@link #start} to {@link #close},
 * and waits longer and longer while it fails. A failed step is repeated until it succeeds: leaving
 * a change out would be noticed by nobody.
 */
public final class Follower implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Follower.class);

  /** One step, its long poll included. */
  private static final Duration STEP = Duration.ofSeconds(30);

  private static final Duration STOP = Duration.ofSeconds(10);

  private final FollowChanges follow;
  private final FollowMeters meters;
  private final Backoff backoff;
  private final Scope life;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);

  /**
   * @param self who follows
   * @param random makes the waits after failures differ between instances
   */
  public Follower(Caller self, FollowChanges follow, FollowMeters meters, RandomGenerator random) {
    this.follow = follow;
    this.meters = meters;
    this.backoff = new Backoff(random);
    this.life = RequestContext.background(self);
  }

  /** Begins to follow; to be called once. */
  public void start() {
    life.context().onCancel(cancelled::countDown);
    life.context().fork(this::follow);
  }

  /** Cancels what is under way, down to the SQL statement, and waits until it has ended. */
  @Override
  public void close() {
    life.cancel("feed-service stops following changes");
    if (!await(finished, STOP)) {
      log.warn("Following changes has not ended within {}", STOP);
    }
  }

  private boolean follow() {
    try {
      int failures = 0;
      while (!life.context().isCancelled()) {
        failures = step() ? 0 : failures + 1;
        if (failures > 0) {
          await(cancelled, backoff.delay(failures));
        }
      }
      return true;
    } finally {
      finished.countDown();
    }
  }

  private boolean step() {
    try (var step = life.context().within(STEP)) {
      step.context().run(follow::step);
      return true;
    } catch (RpcException e) {
      if (!life.context().isCancelled()) {
        meters.failed();
        log.warn("Changes cannot be followed: {} {}", e.code(), e.getMessage());
      }
      return false;
    } catch (RuntimeException e) {
      // Whatever it is, ending the thread would freeze the index without a word.
      meters.failed();
      log.error("Changes cannot be followed", e);
      return false;
    }
  }

  private static boolean await(CountDownLatch latch, Duration longest) {
    try {
      return latch.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
