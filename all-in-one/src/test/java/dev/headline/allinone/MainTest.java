package dev.headline.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine commandLine = Main.commandLine(out, err);

  @Test
  void statusSaysWhenNothingRuns(@TempDir Path home) {
    assertThat(commandLine.execute("status", "--home", home.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("Not running");
  }

  @Test
  void statusForProgramsIsJsonAlsoWhenNothingRuns(@TempDir Path home) {
    assertThat(commandLine.execute("status", "--json", "--home", home.toString())).isEqualTo(1);
    assertThat(out.toString().strip()).isEqualTo("[ ]");
  }

  @Test
  void aPageNeedsAPlatform(@TempDir Path home) {
    assertThat(commandLine.execute("page", "--home", home.toString())).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("Nothing runs: ./headline up");
  }

  @Test
  void anUnknownServiceIsAMistakeInTheCommand(@TempDir Path home) {
    int status = commandLine.execute("run", "--with", "news=2", "--home", home.toString());

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("There is no service 'news'");
  }

  @Test
  void mergedAndUnixExcludeEachOther() {
    assertThat(commandLine.execute("run", "--merged", "--unix")).isEqualTo(2);
  }

  @Test
  void nothingThatATerminalObeysIsPrinted() {
    assertThat(commandLine.execute("explain", "\u001b]0;x\u0007", "b", "c", "\u009bd"))
        .isEqualTo(2);

    assertThat(err.toString()).contains("\\u009bd").doesNotContain("\u001b", "\u0007", "\u009b");
  }
}
