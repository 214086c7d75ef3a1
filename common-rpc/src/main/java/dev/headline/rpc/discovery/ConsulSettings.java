package dev.headline.rpc.discovery;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to speak to Consul, and how long to wait for what.
 *
 * @param url where its HTTP API answers, such as {@code http://127.0.0.1:8500}
 * @param token an ACL token, or null if Consul asks for none; never shown
 * @param hold how long Consul may hold a query back until something changes; 10 minutes at most,
 *     which is Consul's own limit. The JDK's HTTP client silently repeats a query whose connection
 *     broke, and a Consul that is back without its memory by then holds it: so this is also how
 *     late we may notice a restart that takes no longer than a moment
 * @param timeout how long any other request may take, and a query beyond its hold
 * @param timeToLive how long after its last heartbeat an instance is still believed to be well
 * @param heartbeat the time between two heartbeats; less than {@code timeToLive}
 * @param halvedGrace how long a list that has lost more than half must stay so to be believed
 * @param emptyGrace how long a list that has lost all must stay so to be believed
 * @param memory a folder for the last good lists, from which a process starts that finds Consul
 *     down; null to start from nothing
 */
public record ConsulSettings(
    URI url,
    @Nullable String token,
    Duration hold,
    Duration timeout,
    Duration timeToLive,
    Duration heartbeat,
    Duration halvedGrace,
    Duration emptyGrace,
    @Nullable Path memory) {

  /** What a header may carry. */
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

  private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

  public ConsulSettings {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
      throw new IllegalArgumentException(
          "Consul's address is like http://127.0.0.1:8500, but this is '%s'".formatted(url));
    }
    if (token != null && !TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("Consul's token is empty or not of visible characters");
    }
    require(isPositive(hold) && hold.compareTo(LONGEST_HOLD) <= 0, "hold is not 0 to 10 min", hold);
    require(isPositive(timeout), "timeout is not positive", timeout);
    require(isPositive(heartbeat), "heartbeat is not positive", heartbeat);
    require(
        timeToLive.compareTo(heartbeat) > 0,
        "time to live is not longer than the heartbeat",
        timeToLive);
    require(!halvedGrace.isNegative(), "grace for a halved list is negative", halvedGrace);
    require(!emptyGrace.isNegative(), "grace for an empty list is negative", emptyGrace);
  }

  /**
   * Consul at an address, without a token and with the usual times: an instance that falls silent
   * is dropped after 6 s, having missed two heartbeats.
   */
  public static ConsulSettings at(URI url) {
    return new ConsulSettings(
        url,
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(6),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        null);
  }

  /** The same with an ACL token. */
  public ConsulSettings withToken(String token) {
    return new ConsulSettings(
        url, token, hold, timeout, timeToLive, heartbeat, halvedGrace, emptyGrace, memory);
  }

  /** The same with a folder for the last good lists. */
  public ConsulSettings withMemory(Path memory) {
    return new ConsulSettings(
        url, token, hold, timeout, timeToLive, heartbeat, halvedGrace, emptyGrace, memory);
  }

  /** The address alone: the token must not reach a log. */
  @Override
  public String toString() {
    return "Consul at " + url;
  }

  private static boolean isPositive(Duration duration) {
    return duration.toMillis() > 0;
  }

  private static void require(boolean holds, String sentence, Duration actual) {
    if (!holds) {
      throw new IllegalArgumentException("Consul's %s: %s".formatted(sentence, actual));
    }
  }
}
