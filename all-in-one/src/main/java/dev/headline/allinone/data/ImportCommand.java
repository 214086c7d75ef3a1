package dev.headline.allinone.data;

import dev.headline.rpc.discovery.Directory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Loads real data from two files. The exit status is 0 if every valid row is in the platform
 * afterwards, 1 if not, and 2 if the command makes no sense.
 */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Loads stories and friendships through the services' own RPCs.",
      "Bad rows are left out and reported; running it twice changes nothing.",
      "",
      "Stories are CSV (RFC 4180, UTF-8) below the header published_at,likes,publisher,title:",
      "a time such as 2014-06-24T05:50:40Z; how many of the people like it; the site, which may",
      "be empty; a title of 1 to 300 characters.",
      "",
      "Follows are friendships, one a line, as two person numbers such as 15 0: each becomes a",
      "person, and follows the other. Lines that begin with % or # are remarks."
    })
public final class ImportCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private ServiceOptions services = new ServiceOptions();

  @Option(
      names = "--stories",
      required = true,
      paramLabel = "FILE.csv",
      description = "Rows of published_at,likes,publisher,title, below that header.")
  private Path stories = Path.of("stories.csv");

  @Option(
      names = "--follows",
      required = true,
      paramLabel = "FILE.edges",
      description = "One friendship a line, as two person numbers.")
  private Path follows = Path.of("follows.edges");

  /** For picocli. */
  public ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    CommandSpec here = Objects.requireNonNull(spec, "picocli sets it");
    PrintWriter out = here.commandLine().getOut();
    try (Directory directory = services.open()) {
      FollowFile people = FollowFile.parse(name(follows), lines(follows));
      StoryFile articles = StoryFile.parse(name(stories), lines(stories), people.people().size());
      if (people.people().isEmpty()) {
        throw new IllegalArgumentException(follows + " names nobody");
      }
      if (people.repeated() > 0) {
        out.printf("%,d friendships are said twice%n", people.repeated());
      }
      var bad = new ArrayList<>(people.badRows());
      bad.addAll(articles.badRows());
      return LoadSession.run(directory, RealData.of(people, articles.stories()), bad, out) ? 0 : 1;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(here.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /** Bytes that are no UTF-8 become replacement characters: they cost a character, not the file. */
  private static List<String> lines(Path file) throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException("Cannot read " + file);
    }
    try (var in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      return in.lines().toList();
    }
  }
}
