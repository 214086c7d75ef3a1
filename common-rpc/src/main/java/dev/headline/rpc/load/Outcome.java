package dev.headline.rpc.load;

/** What became of a field; the reasons are in {@link Loaded#missing}. */
public enum Outcome {
  /** Every key has its answer, be it that there is no value. */
  OK,
  /** Some calls were answered and some not. */
  PARTIAL,
  /** No call was answered. */
  FAILED,
  /** No call was made, because what it needs is missing. */
  SKIPPED,
  /** The deadline came before any answer. */
  LATE
}
