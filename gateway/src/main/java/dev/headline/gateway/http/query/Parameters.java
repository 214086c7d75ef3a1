package dev.headline.gateway.http.query;

import static dev.headline.gateway.http.problem.ProblemType.INVALID_PARAMETER;
import static dev.headline.gateway.http.problem.ProblemType.REPEATED_PARAMETER;
import static dev.headline.gateway.http.problem.ProblemType.UNKNOWN_PARAMETER;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemException;
import dev.headline.rpc.load.LoadGraph;
import dev.headline.rpc.words.Spelling;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * The parameters behind the question mark, each read by the same rules at every endpoint. Whatever
 * breaks a rule ends the request with a problem that names the parameter: a typing error never
 * turns into a default.
 */
public final class Parameters {

  private static final int DEFAULT_LIMIT = 20;
  private static final int HIGHEST_LIMIT = 100;
  private static final int LONGEST_CURSOR = 512;
  private static final int LONGEST_FIELDS = 1_024;

  private final Map<String, String> values;

  private Parameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads the parameters of a request.
   *
   * @param given what the client wrote, decoded
   * @param known the parameters that the endpoint has
   * @throws ProblemException for a parameter that is unknown, or given twice
   */
  public static Parameters of(MultiValueMap<String, String> given, Set<String> known) {
    var values = new HashMap<String, String>();
    given.forEach(
        (name, all) -> {
          if (!known.contains(name)) {
            String nearest = Spelling.nearest(name, known);
            throw Problem.unknown(UNKNOWN_PARAMETER, "parameter", name, name, nearest)
                .toException();
          }
          if (all.size() > 1) {
            String detail = "'%s' was given %d times.".formatted(name, all.size());
            throw Problem.of(REPEATED_PARAMETER, detail, name, String.join(", ", all))
                .toException();
          }
          String value = all.getFirst();
          values.put(name, value == null ? "" : value);
        });
    return new Parameters(values);
  }

  /** {@code limit}: how many items a page has at most, 1 to 100; 20 if it is not given. */
  public int limit() {
    String text = values.get("limit");
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    long limit = Numbers.positive(text);
    if (limit < 1 || limit > HIGHEST_LIMIT) {
      throw invalid("limit", text, "A limit is 1 to %d.".formatted(HIGHEST_LIMIT));
    }
    return (int) limit;
  }

  /** {@code cursor}: where a page begins, as an earlier page said; empty for the first page. */
  public String cursor() {
    String cursor = values.getOrDefault("cursor", "");
    if (cursor.length() > LONGEST_CURSOR) {
      throw invalid(
          "cursor", cursor, "A cursor has up to %d characters.".formatted(LONGEST_CURSOR));
    }
    return cursor;
  }

  /** An id in a parameter; null if it is not given. */
  public @Nullable Long id(String name) {
    String text = values.get(name);
    return text == null ? null : id(name, text);
  }

  /**
   * An id, wherever it was written.
   *
   * @throws ProblemException if it is not a positive number of 64 bits
   */
  public static long id(String name, String text) {
    long id = Numbers.positive(text);
    if (id < 1) {
      throw invalid(name, text, "An id is a positive number of up to 63 bits, in digits.");
    }
    return id;
  }

  /** {@code fields}: what to load, by name and separated by commas; the default if not given. */
  public List<String> fields(List<String> otherwise) {
    String text = values.get("fields");
    if (text == null) {
      return otherwise;
    }
    List<String> fields = Arrays.asList(text.split(",", -1));
    if (text.length() > LONGEST_FIELDS || fields.size() > LoadGraph.MAX_FIELDS) {
      throw invalid(
          "fields",
          text,
          "There may be %d fields, of %d characters in total."
              .formatted(LoadGraph.MAX_FIELDS, LONGEST_FIELDS));
    }
    if (fields.contains("")) {
      throw invalid("fields", text, "Fields are names with one comma between them.");
    }
    return fields;
  }

  /** {@code explain}: {@code plan} or {@code analyze}; nothing if it is not given. */
  public Explain explain() {
    return switch (values.get("explain")) {
      case null -> Explain.NOTHING;
      case "plan" -> Explain.PLAN;
      case "analyze" -> Explain.ANALYZE;
      case String other -> throw invalid("explain", other, "Explain takes 'plan' or 'analyze'.");
    };
  }

  private static ProblemException invalid(String name, String value, String rule) {
    return Problem.of(INVALID_PARAMETER, rule, name, value).toException();
  }
}
