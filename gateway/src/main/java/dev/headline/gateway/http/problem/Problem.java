package dev.headline.gateway.http.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why one request cannot be answered.
 *
 * @param type the kind of problem
 * @param detail a sentence about this one request
 * @param mistakes which parts of the request are to blame; empty if none is
 */
public record Problem(ProblemType type, String detail, List<Mistake> mistakes) {

  public Problem {
    mistakes = List.copyOf(mistakes);
  }

  /** A problem that is no part's fault. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of());
  }

  /** A problem with the value of one parameter or header. */
  public static Problem of(ProblemType type, String detail, String name, String value) {
    return new Problem(type, detail, List.of(new Mistake(name, value, null)));
  }

  /** A problem with a name that nobody knows, but that is close to one that is known. */
  public static Problem unknown(
      ProblemType type, String what, String name, String value, @Nullable String nearest) {
    String hint = nearest == null ? "" : "; did you mean '%s'?".formatted(nearest);
    String detail = "There is no %s '%s'%s".formatted(what, Mistake.shortened(value), hint);
    return new Problem(type, detail, List.of(new Mistake(name, value, nearest)));
  }

  /** This problem as something to throw. */
  public ProblemException toException() {
    return new ProblemException(this);
  }

  /**
   * One part of a request that is to blame.
   *
   * @param name the parameter or header
   * @param value what it was given, shortened if it is long
   * @param nearest what was probably meant; null if there is nothing like it
   */
  public record Mistake(String name, String value, @Nullable String nearest) {

    private static final int LONGEST_ECHO = 80;

    public Mistake {
      name = shortened(name);
      value = shortened(value);
    }

    private static String shortened(String text) {
      return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "…";
    }
  }
}
