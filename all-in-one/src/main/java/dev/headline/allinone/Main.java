package dev.headline.allinone;

import dev.headline.allinone.call.CallCommand;
import dev.headline.allinone.data.DemoCommand;
import dev.headline.allinone.data.ImportCommand;
import dev.headline.allinone.explain.ExplainCommand;
import dev.headline.allinone.platform.PlatformException;
import dev.headline.infra.InfraException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
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
    System.exit(commandLine(writer(System.out), writer(System.err)).execute(arguments));
  }

  /** The same commands, with what they print on its way to a terminal. */
  static CommandLine commandLine(Writer out, Writer err) {
    return new CommandLine(new Main())
        // Whatever has a colour of ours would have to be told from what others sent.
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setOut(new PrintWriter(new HarmlessWriter(out), true))
        .setErr(new PrintWriter(new HarmlessWriter(err), true))
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

  private static Writer writer(PrintStream stream) {
    return new OutputStreamWriter(stream, stream.charset());
  }
}
