package dev.headline.gateway.http.query;

/** What a client wants to know about how its answer is made: the parameter {@code explain}. */
public enum Explain {
  /** Nothing: only the answer. */
  NOTHING,
  /** What would be loaded and in which order, instead of the answer. */
  PLAN,
  /** What happened, beside the answer. */
  ANALYZE
}
