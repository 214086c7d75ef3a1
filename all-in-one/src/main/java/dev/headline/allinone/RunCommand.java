package dev.headline.allinone;

import dev.headline.allinone.platform.Home;
import dev.headline.allinone.platform.Modules;
import dev.headline.allinone.platform.Platform;
import dev.headline.allinone.platform.RunningInstance;
import dev.headline.allinone.topology.Service;
import dev.headline.allinone.topology.Topology;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds a platform together until it is told to stop by SIGTERM or Ctrl-C. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Run the platform in the foreground.")
final class RunCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private HomeOption home = new HomeOption();
  @ArgGroup private Kind kind = new Kind();

  @Option(
      names = "--with",
      paramLabel = "SERVICE=N",
      description = "so many instances of a service")
  private Map<String, Integer> with = Map.of();

  @Option(
      names = "--port",
      description = "where the gateway listens (default: ${DEFAULT-VALUE})",
      defaultValue = "" + Topology.DEFAULT_PORT)
  private int port;

  private volatile boolean stopping;

  /** One of two, or neither. */
  private static final class Kind {

    @Option(names = "--merged", description = "all services in one JVM")
    private boolean merged;

    @Option(names = "--unix", description = "a JVM for each instance, calls over Unix sockets")
    private boolean unix;
  }

  @Override
  public Integer call() throws InterruptedException {
    Topology topology = topology();
    Home place = home.home();
    Platform platform = new Platform(topology, place, Modules.here(), this::say);
    // Before anything starts: whoever stops this process waits for the end of what it has started.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(platform), "stop"));
    platform.start();
    say("Up at " + platform.baseUrl());
    tellOfEnds(platform);
    return 0;
  }

  private void stop(Platform platform) {
    stopping = true;
    platform.close();
  }

  private Topology topology() {
    try {
      Topology topology = Topology.distributed();
      if (kind.merged) {
        topology = Topology.merged();
      } else if (kind.unix) {
        topology = Topology.unix();
      }
      for (Map.Entry<String, Integer> entry : with.entrySet()) {
        topology = topology.with(Service.named(entry.getKey()), entry.getValue());
      }
      return topology.at(port);
    } catch (IllegalArgumentException unknown) {
      throw new ParameterException(
          spec.commandLine(), String.valueOf(unknown.getMessage()), unknown);
    }
  }

  /** An instance that ends is not started again: whoever kills one wants to see what happens. */
  private void tellOfEnds(Platform platform) throws InterruptedException {
    Set<String> ended = new HashSet<>();
    while (!stopping) {
      for (RunningInstance instance : platform.instances()) {
        String name = instance.placement().instance();
        if (!instance.isAlive() && !stopping && ended.add(name)) {
          say(name + " has ended; see " + instance.log());
        }
      }
      Thread.sleep(LOOK);
    }
  }

  private void say(String line) {
    spec.commandLine().getOut().println("headline: " + line);
    spec.commandLine().getOut().flush();
  }
}
