package dev.headline.rpc.spring;

import dev.headline.rpc.client.Clients;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Waits at the start until the services that this one needs are found and connected, so that the
 * first request does not pay for it. It runs before any server of this application begins to
 * listen.
 */
final class WarmUp implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

  private final Clients clients;
  private final List<String> services;
  private final Duration patience;
  private volatile boolean running;

  WarmUp(Clients clients, List<String> services, Duration patience) {
    this.clients = clients;
    this.services = services;
    this.patience = patience;
  }

  @Override
  public void start() {
    if (!clients.awaitReady(services, patience)) {
      log.warn("Starting although not all of {} are there yet", services);
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Long before the web server. */
  @Override
  public int getPhase() {
    return 0;
  }
}
