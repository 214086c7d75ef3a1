package dev.headline.rpc.policy;

/** How much telemetry tells of a call. Each level tells what the one before it does, and more. */
public enum Detail {
  /** Counts and durations by the five-tuple. */
  BASIC,
  /** Also each attempt, the phases of one in eight, and the spans that are sampled. */
  STANDARD,
  /**
   * Also the phases of every attempt, every decision as an event of the span, and the deadline
   * ledger of every call.
   */
  FULL;

  /** What holds where no rule says otherwise. */
  public static final Detail DEFAULT = STANDARD;
}
