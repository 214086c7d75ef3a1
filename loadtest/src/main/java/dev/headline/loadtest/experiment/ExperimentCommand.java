package dev.headline.loadtest.experiment;

import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.ExperimentException;
import dev.headline.loadtest.experiment.judge.Finding;
import dev.headline.loadtest.experiment.judge.Verdict;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code ./headline experiment} calls. */
@Command(
    name = "experiment",
    mixinStandardHelpOptions = true,
    description = "Run an experiment and judge what it claims.",
    exitCodeListHeading = "Exit status:%n",
    exitCodeList = {
      "0:every claim held",
      "1:a claim did not hold, or the experiment broke",
      "2:there is no such experiment",
      "3:the noise was too large to say"
    })
public final class ExperimentCommand implements Callable<Integer> {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final List<Experiment> EXPERIMENTS =
      List.of(
          new ChainCost(), new LibraryDefaults(), new SlowInstance(), new CacheSavesTheDatabase());

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "NAME", description = "an experiment, or 'all', or 'list'")
  private String name = "";

  @Option(names = "--quick", description = "measure for a shorter time; more often inconclusive")
  private boolean quick;

  private ExperimentCommand() {}

  /** Runs what the arguments say, and exits with the status of the verdict. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ExperimentCommand())
        .setExecutionExceptionHandler(
            (failure, commandLine, _) -> {
              if (!(failure instanceof ExperimentException)) {
                throw failure;
              }
              commandLine.getErr().println(failure.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (name.equals("list")) {
      EXPERIMENTS.forEach(each -> out.printf("%-25s %s%n", each.name(), each.purpose()));
      return 0;
    }
    List<Experiment> chosen =
        EXPERIMENTS.stream()
            .filter(each -> name.equals("all") || name.equals(each.name()))
            .toList();
    if (chosen.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "There is no experiment '" + name + "'");
    }
    var findings = new ArrayList<Finding>();
    for (Experiment experiment : chosen) {
      findings.addAll(run(experiment, out));
    }
    return Verdict.worst(findings).exitStatus();
  }

  private List<Finding> run(Experiment experiment, PrintWriter out) {
    long start = System.nanoTime();
    out.printf("%s: %s%n", experiment.name(), experiment.purpose());
    out.flush();
    CompletableFuture<Void> end = endAfter(LONGEST);
    try {
      List<Finding> findings =
          experiment.run(quick ? Effort.QUICK : Effort.FULL, step -> at(start, step));
      out.printf("%n%s%n", Report.table(findings));
      out.flush();
      return findings;
    } finally {
      end.cancel(false);
    }
  }

  /** A child that hangs must not make its experiment hang. */
  private static CompletableFuture<Void> endAfter(Duration patience) {
    var end = new CompletableFuture<Void>().orTimeout(patience.toSeconds(), TimeUnit.SECONDS);
    var _ =
        end.whenComplete(
            (_, failure) -> {
              if (failure instanceof TimeoutException) {
                System.err.println("It has not ended within " + patience.toMinutes() + " minutes.");
                Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
              }
            });
    return end;
  }

  private void at(long start, String step) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("  %4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000, step);
    err.flush();
  }
}
