package dev.headline.rpc;

/**
 * How much a request matters when not all can be served. It travels with the request to every hop.
 */
public enum Priority {
  /** Is served as long as anything is. */
  CRITICAL,
  /** What everything is that does not say. */
  DEFAULT,
  /** Can wait: is refused first. */
  BATCH
}
