package dev.headline.allinone.endtoend;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An answer without what differs from one platform to the next: ids, when and how long. */
final class Normalised {

  private Normalised() {}

  static JsonNode of(JsonNode answer) {
    JsonNode copy = answer.deepCopy();
    blank(copy);
    return copy;
  }

  private static void blank(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : object.propertyNames()) {
        if (isOwn(name)) {
          object.put(name, "*");
        } else {
          blank(object.get(name));
        }
      }
    }
    if (node instanceof ArrayNode array) {
      array.forEach(Normalised::blank);
    }
  }

  private static boolean isOwn(String name) {
    return name.equals("id")
        || name.endsWith("_id")
        || name.equals("took_ms")
        || name.equals("next_cursor")
        // Of a user: when it was brought in. What an article says of itself stays.
        || name.equals("created_at");
  }
}
