package dev.headline.allinone.data;

import dev.headline.rpc.discovery.Directory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Loads the made-up data of the demo. The exit status is 0 if all of it is in the platform
 * afterwards, 1 if not, and 2 if the command makes no sense.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Loads made-up people, news and comments; running it twice changes nothing.")
public final class DemoCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServiceOptions services = new ServiceOptions();

  /** For picocli. */
  public DemoCommand() {}

  @Override
  public Integer call() {
    CommandSpec here = Objects.requireNonNull(spec, "picocli sets it");
    try (Directory directory = services.open()) {
      boolean complete =
          LoadSession.run(directory, DemoData.generate(), List.of(), here.commandLine().getOut());
      return complete ? 0 : 1;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(here.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
