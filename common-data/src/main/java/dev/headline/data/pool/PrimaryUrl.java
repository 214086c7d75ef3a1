package dev.headline.data.pool;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JDBC URL by which the primary is found whichever node it is. It names all nodes, the one that
 * is the primary by configuration first, and lets the driver take the first that accepts writes:
 * when that one comes back, or another is promoted in its place, the next connection leads there,
 * and nothing has to be restarted or told.
 *
 * <p>Whoever promotes a node sees to it that the old primary stays down: of two nodes that accept
 * writes, no client can tell which one is right.
 *
 * @see <a href="https://jdbc.postgresql.org/documentation/use/#connection-fail-over">Connection
 *     fail-over</a>
 */
public final class PrimaryUrl {

  private static final Pattern URL =
      Pattern.compile("jdbc:postgresql://(?<nodes>[^/?]+)(?<database>/[^?]*)?(?<query>\\?.*)?");

  /**
   * The driver remembers for so long which node it has seen in which role; by default that is 10 s,
   * which would be added to every change of the primary.
   */
  private static final String FOLLOW = "targetServerType=primary&hostRecheckSeconds=1";

  private PrimaryUrl() {}

  /**
   * Makes that URL.
   *
   * @param primary as configured
   * @param replicas as configured; of each, only the address is used
   */
  public static String of(String primary, List<String> replicas) {
    Matcher url = URL.matcher(primary);
    if (!url.matches() || primary.contains("targetServerType=")) {
      return primary;
    }
    Set<String> nodes = new LinkedHashSet<>();
    nodes.add(url.group("nodes"));
    replicas.stream()
        .map(URL::matcher)
        .filter(Matcher::matches)
        .forEach(replica -> nodes.add(replica.group("nodes")));
    String query = url.group("query");
    return "jdbc:postgresql://%s%s%s%s"
        .formatted(
            String.join(",", nodes),
            url.group("database") == null ? "/" : url.group("database"),
            query == null ? "?" : query + "&",
            FOLLOW);
  }
}
