package dev.headline.rpc.retry;

/**
 * Why a failure is not followed by another attempt.
 *
 * <p>Some reasons hold for the callers of this service as well: if each hop tried again what the
 * next one has tried again already, attempts would multiply with the hops. Only the hop next to the
 * failure tries again; the failure says so to the others.
 *
 * @see <a href="https://sre.google/sre-book/handling-overload/">Google, Site Reliability
 *     Engineering: Handling Overload, "Deciding to Retry"</a>
 */
enum Denial {
  EXHAUSTED("All attempts that the policy allows were made", true),
  REPEATED("An earlier hop is trying again already", true),
  NOT_IDEMPOTENT("The method is not idempotent, and the call may have been executed", false),
  PUSHED_BACK("Whoever refused it asked not to try again", true),
  TOO_LATE("Too little time is left for an answer", false),
  TOO_DEAR("The budget for further attempts is spent", true);

  private final String sentence;
  private final boolean forAll;

  Denial(String sentence, boolean forAll) {
    this.sentence = sentence;
    this.forAll = forAll;
  }

  /** For people. */
  String sentence() {
    return sentence;
  }

  /** Whether no earlier hop is to try again either. */
  boolean isForAll() {
    return forAll;
  }
}
