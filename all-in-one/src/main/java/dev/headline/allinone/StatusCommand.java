package dev.headline.allinone;

import dev.headline.allinone.platform.Health;
import dev.headline.allinone.platform.State;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows each process and how it is. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Show each process: name, service, cluster, pid, RPC address, management URL, health.",
      "Exit status 0 if all are well, 1 if one is not or the platform does not run."
    })
final class StatusCommand implements Callable<Integer> {

  private static final String ROW = "%-20s %-16s %-8s %7s  %-44s %-23s %s%n";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private HomeOption home = new HomeOption();

  @Option(names = "--json", description = "for programs")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Optional<State> state = State.read(home.home());
    List<Health> all = state.map(Health::of).orElse(List.of());
    if (json) {
      out.println(Health.json(all));
    } else if (state.isEmpty()) {
      out.println("Not running: ./headline up");
    } else {
      out.printf("%s (%s)%n", state.get().baseUrl(), state.get().topology());
      table(out, all);
    }
    out.flush();
    return !all.isEmpty() && all.stream().allMatch(Health::isWell) ? 0 : 1;
  }

  private static void table(PrintWriter out, List<Health> all) {
    out.printf(ROW, "NAME", "SERVICE", "CLUSTER", "PID", "RPC", "MANAGEMENT", "HEALTH");
    for (Health health : all) {
      out.printf(
          ROW,
          health.name(),
          health.service(),
          health.cluster(),
          health.pid(),
          health.rpc(),
          health.management(),
          health.health());
    }
  }
}
