package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Placement;
import dev.headline.infra.process.Await;
import dev.headline.rpc.discovery.Address;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An instance in the JVM of the platform: a Spring context of its own. */
public final class ContextInstance implements RunningInstance {

  private static final Duration READY = Duration.ofSeconds(30);

  private final Placement placement;
  private final Path log;
  private final ConfigurableApplicationContext context;
  private final Optional<SideDoor> sideDoor;

  private ContextInstance(
      Placement placement,
      Path log,
      ConfigurableApplicationContext context,
      Optional<SideDoor> sideDoor) {
    this.placement = placement;
    this.log = log;
    this.context = context;
    this.sideDoor = sideDoor;
  }

  /** Starts it; its server listens when this returns. */
  static ContextInstance start(Placement placement, Map<String, String> settings, Home home) {
    Class<?> application = application(placement);
    SpringApplication spring = new SpringApplication(application);
    spring.setMainApplicationClass(application);
    // The platform closes contexts itself, the gateway's first.
    spring.setRegisterShutdownHook(false);
    ConfigurableApplicationContext context = spring.run(arguments(application, settings));
    boolean inProcess = placement.rpc().filter(Address.InProcess.class::isInstance).isPresent();
    Optional<SideDoor> sideDoor =
        inProcess
            ? Optional.of(SideDoor.open(placement, context, home.sockets()))
            : Optional.empty();
    return new ContextInstance(placement, home.log("platform"), context, sideDoor);
  }

  /** They win over environment variables, and nobody sees them: they are of no process. */
  static String[] arguments(Class<?> application, Map<String, String> settings) {
    List<String> arguments = new ArrayList<>();
    // Every module has an application.yaml at the same place: each reads its own.
    arguments.add("--spring.config.location=" + configuration(application));
    settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    return arguments.toArray(String[]::new);
  }

  private static Class<?> application(Placement placement) {
    try {
      return Class.forName(placement.service().mainClass());
    } catch (ClassNotFoundException missing) {
      throw new PlatformException(
          placement.service().serviceName() + " is not on the class path", missing);
    }
  }

  private static String configuration(Class<?> application) {
    URL classes = application.getProtectionDomain().getCodeSource().getLocation();
    try {
      URI place = classes.toURI();
      boolean folder = Files.isDirectory(Path.of(place));
      return "optional:" + (folder ? place : "jar:" + place + "!/");
    } catch (URISyntaxException malformed) {
      throw new PlatformException("Not a place for classes: " + classes, malformed);
    }
  }

  @Override
  public Placement placement() {
    return placement;
  }

  @Override
  public long pid() {
    return ProcessHandle.current().pid();
  }

  @Override
  public boolean isAlive() {
    return context.isActive();
  }

  @Override
  public String door() {
    return sideDoor.map(SideDoor::address).or(placement::rpc).map(Object::toString).orElse("");
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public void awaitReady() {
    if (!Await.within(READY, () -> Probe.isHealthy(placement.managementUrl()))) {
      throw new PlatformException(
          placement.instance() + " is not healthy: " + placement.managementUrl());
    }
  }

  @Override
  public void close() {
    sideDoor.ifPresent(SideDoor::close);
    context.close();
  }
}
