package dev.headline.loadtest.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class ExperimentCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theListNamesEachExperiment() {
    assertThat(execute("list")).isZero();
    assertThat(out.toString())
        .contains("chain-cost", "library-defaults", "slow-instance", "cache-saves-the-database");
  }

  @Test
  void anUnknownNameIsAMisuse() {
    assertThat(execute("perpetual-motion")).isEqualTo(2);
    assertThat(err.toString()).contains("'perpetual-motion'");
  }

  @Test
  void helpTellsWhatTheExitStatusMeans() {
    assertThat(execute("--help")).isZero();
    assertThat(out.toString()).contains("the noise was too large to say");
  }

  private int execute(String... arguments) {
    CommandLine command = ExperimentCommand.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
