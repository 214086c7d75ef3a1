package dev.headline.rpc.generic;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON that strangers write: strict (RFC 8259), no name twice in an object, and within limits. */
final class JsonText {

  /** As a server's limit for a message. */
  private static final int MOST_BYTES = 1024 * 1024;

  private static final int DEEPEST = 32;

  /** What a sentence of the parser says of where an object began, which it does not know here. */
  private static final Pattern SECOND_PLACE = Pattern.compile(" \\(start marker at .*");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(ShapeOfLeaf.LONGEST_NUMBER)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private static final JsonMapper OWN =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private JsonText() {}

  /**
   * The text as a tree.
   *
   * @throws RpcException with {@link RpcCode#INVALID_ARGUMENT} and line and column of what is wrong
   */
  static JsonNode parse(String json) {
    int bytes = json.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_BYTES) {
      throw invalid(
          "A request is at most %,d bytes of JSON, but this one has %,d"
              .formatted(MOST_BYTES, bytes));
    }
    try {
      JsonNode tree = JSON.readTree(json);
      if (tree.isMissingNode()) {
        throw invalid("There is no JSON");
      }
      return tree;
    } catch (StreamConstraintsException beyond) {
      throw invalid(
          "JSON is at most %d levels deep, and its numbers at most %,d characters long, but not so%s"
              .formatted(DEEPEST, ShapeOfLeaf.LONGEST_NUMBER, place(beyond)));
    } catch (JacksonException malformed) {
      String why = String.valueOf(malformed.getOriginalMessage());
      throw invalid(
          "Not JSON%s: %s".formatted(place(malformed), SECOND_PLACE.matcher(why).replaceAll("")));
    }
  }

  /**
   * JSON of our own for people: indented, and with characters such as {@code '}, which protobuf's
   * printer escapes for the sake of HTML, as they are.
   */
  static String indented(String json) {
    return OWN.readTree(json).toPrettyString();
  }

  private static String place(JacksonException failure) {
    TokenStreamLocation location = failure.getLocation();
    return location == null
        ? ""
        : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static RpcException invalid(String sentence) {
    return new RpcException(RpcCode.INVALID_ARGUMENT, sentence);
  }
}
