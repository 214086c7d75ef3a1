package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Placement;
import dev.headline.infra.process.Account;
import dev.headline.infra.process.ChildProcess;
import dev.headline.infra.process.Launch;
import dev.headline.infra.process.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An instance in a JVM of its own, which ends with the JVM of the platform however that ends. */
public final class ChildInstance implements RunningInstance {

  private static final Duration READY = Duration.ofSeconds(90);
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** Spring prefers these environment variables to the file that says what the instance is told. */
  private static final List<String> OVERRIDES =
      List.of(
          "SERVER_",
          "MANAGEMENT_",
          "SPRING_",
          "HEADLINE_RPC_",
          "HEADLINE_DATA_",
          "HEADLINE_GATEWAY_");

  private final Placement placement;
  private final Path log;
  private final ChildProcess process;

  private ChildInstance(Placement placement, Path log, ChildProcess process) {
    this.placement = placement;
    this.log = log;
    this.process = process;
  }

  /** Starts it and returns at once. */
  static ChildInstance start(Placement placement, Path settings, Home home, Modules modules) {
    Launch launch = launch(placement, settings, home, modules);
    return new ChildInstance(placement, launch.log(), ChildProcess.start(launch));
  }

  static Launch launch(Placement placement, Path settings, Home home, Modules modules) {
    List<String> command = new ArrayList<>(JvmFlags.of(placement.service()));
    command.add("-cp");
    command.add(modules.classPath(placement.service()));
    command.add(placement.service().mainClass());
    command.add("--spring.config.additional-location=file:" + settings);
    return new Launch(
        placement.instance(),
        command,
        // Only Postgres minds root; a service must be able to read its jars.
        new Account(false),
        home.log(placement.instance()),
        StopSignal.TERM,
        OVERRIDES,
        GRACE);
  }

  @Override
  public Placement placement() {
    return placement;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public String door() {
    return placement.rpc().map(Object::toString).orElse("");
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public void awaitReady() {
    process.awaitReady(READY, () -> Probe.isHealthy(placement.managementUrl()));
  }

  /** Ends it as a crash would, by SIGKILL. */
  public void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.stop();
  }
}
