package dev.headline.allinone;

import dev.headline.allinone.platform.FeedPage;
import dev.headline.allinone.platform.PlatformException;
import dev.headline.allinone.platform.State;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Waits until the feed has something in it, and shows its first page. */
@Command(
    name = "page",
    mixinStandardHelpOptions = true,
    description = "Wait until a feed page with items is served, and show it, shortened.")
final class PageCommand implements Callable<Integer> {

  /** The index follows the contents, and a large import keeps it busy. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private HomeOption home = new HomeOption();

  @Override
  public Integer call() {
    State state =
        State.read(home.home())
            .orElseThrow(() -> new PlatformException("Nothing runs: ./headline up"));
    FeedPage page = FeedPage.awaitItems(state.baseUrl(), LIMIT);
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    for (JsonNode item : page.items()) {
      print(out, item);
    }
    out.printf("%nFeed    %s%n", state.baseUrl() + FeedPage.PATH);
    if (!state.consul().isEmpty()) {
      out.printf("Consul  %s/ui%n", state.consul());
    }
    out.println("Stop    ./headline down");
    out.flush();
    return 0;
  }

  private static void print(PrintWriter out, JsonNode item) {
    out.printf("  %s%n", item.path("title").asString(""));
    out.printf(
        "    by %s, %d likes, %d comments%n",
        item.path("author").path("display_name").asString("(unknown)"),
        item.path("like_count").asLong(),
        item.path("comments").path("count").asLong());
    for (JsonNode comment : item.path("comments").path("top")) {
      out.printf("    > %s%n", comment.path("text").asString(""));
    }
  }
}
