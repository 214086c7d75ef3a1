package dev.headline.allinone;

import dev.headline.allinone.call.CallCommand;
import dev.headline.allinone.data.DemoCommand;
import dev.headline.allinone.data.ImportCommand;
import dev.headline.allinone.explain.ExplainCommand;
import dev.headline.allinone.platform.PlatformException;
import dev.headline.infra.InfraException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./headline} calls. */
@Command(
    name = "headline",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      StatusCommand.class,
      PageCommand.class,
      DemoCommand.class,
      ImportCommand.class,
      CallCommand.class,
      ExplainCommand.class,
      DoctorCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs one subcommand and exits with its status: 0 only if it did what it says. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (failure, commandLine, _) -> {
              if (!(failure instanceof PlatformException || failure instanceof InfraException)) {
                throw failure;
              }
              // Both are written for people; the stack would only hide the sentence.
              commandLine.getErr().println(failure.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }
}
