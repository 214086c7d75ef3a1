package dev.headline.allinone.explain;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an instance explains, for people. */
final class ExplanationText {

  private static final String INDENT = "\n%32s".formatted("");

  private ExplanationText() {}

  /**
   * Prints what one instance says.
   *
   * @param calls whether it is an instance of the calling service: the other side is silent on
   *     calls that have not reached it
   */
  static void print(String instance, String body, boolean calls, PrintWriter out) {
    for (JsonNode explanation : JsonMapper.shared().readTree(body)) {
      boolean called = !explanation.path("chain").isEmpty();
      if (called || calls) {
        print(instance, explanation, called, out);
      }
    }
  }

  private static void print(String instance, JsonNode said, boolean called, PrintWriter out) {
    JsonNode key = said.path("key");
    out.printf(
        "%s, %s side: %s/%s → %s/%s %s (policies: edition %d)%n",
        instance,
        said.path("side").asString().toLowerCase(Locale.ROOT),
        key.path("from").asString(),
        cluster(key, "from"),
        key.path("to").asString(),
        cluster(key, "to"),
        key.path("method").asString(),
        said.path("edition").asLong());
    out.println("  policy");
    for (JsonNode setting : said.path("settings")) {
      out.printf(
          "    %-26s %-12s %s%n",
          setting.path("name").asString(),
          setting.path("value").asString(),
          setting.path("source").asString());
    }
    out.println(called ? "  chain" : "  no call has been made yet");
    for (JsonNode step : said.path("chain")) {
      String state = step.path("state").asString().replace("\n", INDENT);
      out.println("    %-26s  %s".formatted(step.path("name").asString(), state).stripTrailing());
    }
    decisions(said, out);
    out.println();
  }

  /** The gateway, whose JSON is for the public, writes names with underscores. */
  private static String cluster(JsonNode key, String side) {
    return key.path(side + "Cluster").asString(key.path(side + "_cluster").asString());
  }

  private static void decisions(JsonNode said, PrintWriter out) {
    out.printf("  decisions: %d so far, the last of them first%n", said.path("decided").asLong());
    for (JsonNode decision : said.path("decisions")) {
      out.printf(
          "    %s  %s: %s, because %s%n",
          decision.path("time").asString(),
          decision.path("link").asString(),
          decision.path("outcome").asString(),
          decision.path("reason").asString());
    }
  }
}
