package dev.headline.infra.consul;

import dev.headline.infra.Endpoint;
import dev.headline.infra.InfraException;
import dev.headline.infra.binary.ConsulBinary;
import dev.headline.infra.process.FreePorts;
import dev.headline.infra.process.Launch;
import dev.headline.infra.process.Machine;
import dev.headline.infra.process.StopSignal;
import dev.headline.infra.process.SupervisedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Consul agent in development mode: server and client in one, in memory, leader in 0.1 s. */
public final class Consul extends SupervisedServer {

  private static final int PROBE_MILLISECONDS = 500;

  private final Machine machine;
  private final Path program;

  private Consul(Machine machine, ConsulSettings settings, Path program, Endpoint endpoint) {
    super("consul", endpoint, settings.folder().resolve("consul.log"));
    this.machine = machine;
    this.program = program;
  }

  /**
   * Starts it and blocks until it has elected itself leader.
   *
   * @throws dev.headline.infra.MissingSoftwareException if there is none and none can be fetched; a
   *     caller may go on with a fixed directory
   * @throws InfraException if it does not start; the message ends with its log
   */
  public static Consul start(ConsulSettings settings) {
    Machine machine = Machine.current();
    try {
      Files.createDirectories(settings.folder());
    } catch (IOException failure) {
      throw new InfraException("cannot create " + settings.folder(), failure);
    }
    Consul consul =
        new Consul(
            machine,
            settings,
            ConsulBinary.locate(machine),
            FreePorts.endpoint(settings.httpPort()));
    consul.start();
    return consul;
  }

  /** The HTTP API, {@code http://127.0.0.1:port}. */
  public URI uri() {
    return URI.create("http://" + endpoint());
  }

  @Override
  protected Launch launch() {
    return new Launch(
        name(),
        List.of(
            program.toString(),
            "agent",
            "-dev",
            "-node=headline",
            "-client=" + endpoint().host(),
            "-bind=" + endpoint().host(),
            "-hcl=" + configuration()),
        machine.account(),
        log(),
        StopSignal.TERM,
        List.of("PG"),
        Duration.ofSeconds(5));
  }

  /**
   * Ports are chosen anew at each start, except the one that clients know. All clients share one
   * address here, so the cap on connections per address is far above the default of 200.
   */
  private String configuration() {
    return """
    ports { http = %d, https = -1, dns = -1, grpc = -1, server = %d, serf_lan = %d, serf_wan = -1 }
    performance { raft_multiplier = 1 }
    limits { http_max_conns_per_client = 4096 }
    disable_update_check = true
    """
        .formatted(endpoint().port(), FreePorts.any(), FreePorts.any());
  }

  @Override
  protected boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) uri().resolve("/v1/status/leader").toURL().openConnection();
      connection.setConnectTimeout(PROBE_MILLISECONDS);
      connection.setReadTimeout(PROBE_MILLISECONDS);
      try (InputStream body = connection.getInputStream()) {
        String leader = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        return leader.contains(":");
      }
    } catch (IOException notYet) {
      return false;
    }
  }
}
