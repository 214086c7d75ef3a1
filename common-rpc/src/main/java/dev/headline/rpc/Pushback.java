package dev.headline.rpc;

import java.time.Duration;

/**
 * What a server that refuses says about trying again.
 *
 * @see <a href="https://github.com/grpc/proposal/blob/master/A6-client-retries.md">gRFC A6, server
 *     pushback</a>
 */
public sealed interface Pushback {

  /** It said nothing: the client's own policy decides. */
  record None() implements Pushback {}

  /**
   * Not before so long.
   *
   * @param delay 0 or more
   */
  record After(Duration delay) implements Pushback {}

  /** Not at all. */
  record Never() implements Pushback {}

  /** It said nothing. */
  Pushback NONE = new None();

  /** Not at all. */
  Pushback NEVER = new Never();
}
