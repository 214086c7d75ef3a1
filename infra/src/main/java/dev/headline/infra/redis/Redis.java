package dev.headline.infra.redis;

import dev.headline.infra.Endpoint;
import dev.headline.infra.InfraException;
import dev.headline.infra.binary.RedisBinary;
import dev.headline.infra.process.FreePorts;
import dev.headline.infra.process.Launch;
import dev.headline.infra.process.Machine;
import dev.headline.infra.process.StopSignal;
import dev.headline.infra.process.SupervisedServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis that is a cache and nothing else: no snapshot, no append-only file, eviction by LRU. */
public final class Redis extends SupervisedServer {

  private static final int PROBE_MILLISECONDS = 500;
  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String PONG = "+PONG\r\n";

  private final Machine machine;
  private final Path program;
  private final RedisSettings settings;

  private Redis(Machine machine, RedisSettings settings, Path program, Endpoint endpoint) {
    super("redis", endpoint, settings.folder().resolve("redis.log"));
    this.machine = machine;
    this.settings = settings;
    this.program = program;
  }

  /**
   * Starts it and blocks until it answers PING.
   *
   * @throws dev.headline.infra.MissingSoftwareException if there is no Redis for this machine
   * @throws InfraException if it does not start; the message ends with its log
   */
  public static Redis start(RedisSettings settings) {
    Machine machine = Machine.current();
    try {
      Files.createDirectories(settings.folder());
    } catch (IOException failure) {
      throw new InfraException("cannot create " + settings.folder(), failure);
    }
    Redis redis =
        new Redis(
            machine, settings, RedisBinary.locate(machine), FreePorts.endpoint(settings.port()));
    redis.start();
    return redis;
  }

  /** The address as clients take it, {@code redis://127.0.0.1:port}. */
  public String uri() {
    return "redis://" + endpoint();
  }

  @Override
  protected Launch launch() {
    return new Launch(
        name(),
        List.of(
            program.toString(),
            "--port",
            Integer.toString(endpoint().port()),
            "--bind",
            endpoint().host(),
            "--save",
            "",
            "--appendonly",
            "no",
            "--maxmemory",
            settings.maxMemoryMegabytes() + "mb",
            "--maxmemory-policy",
            "allkeys-lru"),
        machine.account(),
        log(),
        StopSignal.TERM,
        List.of("PG"),
        Duration.ofSeconds(5));
  }

  @Override
  protected boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(endpoint().host(), endpoint().port()), PROBE_MILLISECONDS);
      socket.setSoTimeout(PROBE_MILLISECONDS);
      socket.getOutputStream().write(PING);
      byte[] reply = socket.getInputStream().readNBytes(PONG.length());
      return PONG.equals(new String(reply, StandardCharsets.US_ASCII));
    } catch (IOException notYet) {
      return false;
    }
  }
}
