package dev.headline.rpc.discovery;

/**
 * Makes instances known in Consul, where a {@link ConsulDirectory} finds them. Each sends a
 * heartbeat for as long as it is registered: a process that hangs or dies falls silent and is
 * dropped, whatever kind of address it has.
 *
 * <p>A Consul that is down when an instance starts is told once it is up, and one that has lost its
 * memory is told again at the next heartbeat.
 */
public final class ConsulRegistry implements Registry, AutoCloseable {

  private final ConsulSettings settings;
  private final ConsulClient client;

  public ConsulRegistry(ConsulSettings settings) {
    this.settings = settings;
    this.client = new ConsulClient(settings);
  }

  @Override
  public Registration register(Instance instance) {
    ConsulRegistration registration = new ConsulRegistration(instance, client, settings);
    registration.start();
    return registration;
  }

  /** Gives up the connections. Whatever is still registered is not taken back but falls silent. */
  @Override
  public void close() {
    client.close();
  }
}
