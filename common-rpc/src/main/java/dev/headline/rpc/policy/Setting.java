package dev.headline.rpc.policy;

/**
 * One value of a policy, and where it was said.
 *
 * @param name its place in a policy, such as {@code timeout.total}; of a part that is an
 *     alternative, such as {@code retry: off}, the part's own name
 * @param value as it is written in a document
 * @param source the document and the line, or {@link #STANDARD}
 */
public record Setting(String name, String value, String source) {

  /** The source of what no document says. */
  public static final String STANDARD = "standard";
}
