package dev.headline.allinone;

import dev.headline.allinone.platform.Home;
import dev.headline.infra.doctor.Doctor;
import dev.headline.infra.doctor.Finding;
import dev.headline.infra.process.Machine;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this machine lacks. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Say what is missing on this machine, and the command that mends it.",
      "Exit status 1 if something is missing that is needed."
    })
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private HomeOption option = new HomeOption();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Home home = option.home();
    Machine machine = Machine.current();
    List<Finding> findings = Doctor.examine(machine, home.data(machine.account()));
    for (Finding finding : findings) {
      out.printf("%-8s %s: %s%n", word(finding), finding.subject(), finding.detail());
      if (!finding.remedy().isEmpty()) {
        out.printf("%-8s %s%n", "", finding.remedy());
      }
    }
    out.flush();
    boolean broken = findings.stream().anyMatch(f -> f.severity() == Finding.Severity.BROKEN);
    return broken ? 1 : 0;
  }

  private static String word(Finding finding) {
    return switch (finding.severity()) {
      case FINE -> "fine";
      case DEGRADED -> "less";
      case BROKEN -> "MISSING";
    };
  }
}
