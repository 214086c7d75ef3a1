package dev.headline.rpc;

import java.time.Duration;

/**
 * What a server decides about a call at its door: on the event loop, before the call costs a
 * thread. The link that it belongs to carries it out, so that a refusal is counted, traced and
 * mapped at its place in the chain like everything else.
 */
public sealed interface Verdict {

  /** It may go on. */
  record Admitted() implements Verdict {}

  /**
   * The caller may not call the method.
   *
   * @param by what denies it, in few words: a label
   */
  record Denied(String by) implements Verdict {}

  /**
   * The server has enough to do.
   *
   * @param reason a sentence that says what is full
   * @param pause before which the call is not to be sent again
   */
  record Shed(String reason, Duration pause) implements Verdict {}

  /** It may go on. */
  Verdict ADMITTED = new Admitted();
}
