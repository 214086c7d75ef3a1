package dev.headline.rpc.discovery;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance in Consul. All that is said of it is said by one virtual thread, from the first word
 * to the farewell, so a heartbeat cannot overtake the farewell and register the instance anew.
 */
final class ConsulRegistration implements Registry.Registration {

  private static final Logger LOG = LoggerFactory.getLogger(ConsulRegistration.class);

  /** For each of the two things that may keep us when we leave: a heartbeat, and the farewell. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Instance instance;
  private final ConsulClient client;
  private final ConsulSettings settings;
  private final StopSignal signal = new StopSignal();
  private final CountDownLatch attempted = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private boolean known;
  private boolean failing;

  ConsulRegistration(Instance instance, ConsulClient client, ConsulSettings settings) {
    this.instance = instance;
    this.client = client;
    this.settings = settings;
  }

  /** Returns after the first attempt. */
  void start() {
    Thread.ofVirtual().name("consul-registration-" + instance.id()).start(this::run);
    await(attempted, settings.timeout());
  }

  /**
   * {@inheritDoc}
   *
   * <p>It takes a second at most, and that only if Consul hangs.
   */
  @Override
  public void close() {
    signal.stop();
    if (!await(done, PATIENCE)) {
      signal.cancel();
      await(done, PATIENCE);
    }
  }

  private void run() {
    try {
      do {
        beat();
        attempted.countDown();
      } while (signal.pause(settings.heartbeat()));
      leave();
    } finally {
      attempted.countDown();
      done.countDown();
    }
  }

  private void beat() {
    try {
      if (!known || !pass()) {
        announce();
      }
      failing = false;
    } catch (IOException | RuntimeException e) {
      // Also what nobody thought of: a thread that ended here would let the instance be forgotten.
      if (!failing && !signal.isStopped()) {
        LOG.warn("{} cannot be made known, and goes on trying: {}", instance.id(), e.toString());
      }
      failing = true;
    }
  }

  /** Whether Consul still knows the instance. */
  private boolean pass() throws IOException {
    ConsulExchange.Reply reply = signal.await(client.pass(instance));
    return switch (reply.status()) {
      case 200 -> true;
      // Consul 1.8 says 500 for a check it does not know, later ones 404. If it meant something
      // else, announcing does no harm.
      case 404, 500 -> false;
      default -> throw reply.failure();
    };
  }

  private void announce() throws IOException {
    if (signal.isStopped()) {
      return;
    }
    known = false;
    ConsulExchange.Reply reply = signal.await(client.register(instance));
    if (reply.status() != 200) {
      throw reply.failure();
    }
    known = true;
    LOG.info("{} is known at {}", instance.id(), instance.address());
  }

  /** Said even if no announcement has succeeded: one that timed out may have been heard. */
  private void leave() {
    try {
      ConsulExchange.Reply reply = client.deregister(instance, PATIENCE).await();
      if (reply.status() != 200 && reply.status() != 404) {
        throw reply.failure();
      }
      LOG.info("{} is taken back", instance.id());
    } catch (IOException e) {
      LOG.warn("{} is not taken back; it will fall silent: {}", instance.id(), e.toString());
    }
  }

  private static boolean await(CountDownLatch latch, Duration limit) {
    try {
      return latch.await(limit.toNanos(), NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
