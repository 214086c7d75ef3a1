package dev.headline.rpc.fault;

import dev.headline.rpc.RpcCode;

/** What became of one call of a load. */
sealed interface Outcome {

  /** How long the caller waited, in nanoseconds from the instant it was meant to be sent. */
  long nanos();

  /**
   * It was answered.
   *
   * @param instance by whom
   */
  record Answered(String instance, long nanos) implements Outcome {}

  /** It failed, with a code and a sentence. */
  record Failed(RpcCode code, String message, long nanos) implements Outcome {}
}
