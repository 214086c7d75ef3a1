package dev.headline.allinone;

import dev.headline.allinone.platform.Home;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which platform a command is about. */
public final class HomeOption {

  @Option(
      names = "--home",
      description = "where the platform keeps its files (default: ${DEFAULT-VALUE})",
      defaultValue = "${env:HEADLINE_HOME:-.headline}")
  private Path folder = Path.of(".headline");

  /** The home that was named. */
  public Home home() {
    return new Home(folder);
  }
}
