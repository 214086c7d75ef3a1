package dev.headline.rpc;

/** Why an attempt is made. */
public enum AttemptKind {
  /** Because there is a call. */
  FIRST,
  /** Because the one before it failed. */
  RETRY,
  /** Because the one before it is slow. */
  HEDGE
}
