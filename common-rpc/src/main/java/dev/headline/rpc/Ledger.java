package dev.headline.rpc;

import io.grpc.Metadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of one request went at one hop: what it was given, what it spent itself and what
 * in each callee, whose own ledgers are inside. A value. All times are in microseconds.
 *
 * <p>A server sends it back when its time ran out, or when it was asked to, in one trailer. The
 * clocks of hosts are never compared: each hop measures only durations.
 *
 * @param given until the deadline, when the request arrived; {@link #UNBOUNDED} if it had none
 * @param spent since it arrived; 0 or more
 * @param own the part of {@code spent} in which no call was out; calls that ran beside each other
 *     do not count twice
 * @param calls to other services, in the order in which they began
 * @param omitted how many more calls there were that are not told of
 */
public record Ledger(long given, long spent, long own, List<Entry> calls, int omitted) {

  /** Stands for the time that a request without a deadline was given. */
  public static final long UNBOUNDED = -1;

  /**
   * The header: on the way out it asks for a ledger, whatever its text; on the way back it has one.
   */
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-rpc-ledger", Metadata.ASCII_STRING_MARSHALLER);

  /**
   * One call to another service, all attempts together.
   *
   * @param callee {@code service/cluster/method}
   * @param attempts how many there were; 0 if it came to none
   * @param spent from its begin to its end, or until now if it is still out
   * @param outcome how it ended; null if it is still out
   * @param within what the callee says of its part; null if it said nothing
   */
  public record Entry(
      String callee,
      int attempts,
      long spent,
      @Nullable RpcCode outcome,
      @Nullable Ledger within) {}

  public Ledger {
    calls = List.copyOf(calls);
  }

  /** What was left of the time that was given; negative if it was overrun, 0 if it had no bound. */
  public long remaining() {
    return given == UNBOUNDED ? 0 : given - spent;
  }

  /**
   * As the trailer's text, at most 2 KiB. What does not fit is left out: first the ledgers that are
   * furthest down, then the last calls.
   */
  public String format() {
    return LedgerText.format(this);
  }

  /** What a trailer's text says; null if it is not one that {@link #format()} writes. */
  public static @Nullable Ledger read(String text) {
    return LedgerText.read(text);
  }

  /** What the trailers of a reply say; null if there is no ledger in them. */
  public static @Nullable Ledger of(Metadata trailers) {
    String text = trailers.get(HEADER);
    return text == null ? null : read(text);
  }

  /**
   * In words, for logs and spans, such as {@code 795.0 ms given, 790.2 ms spent, 1.2 ms of it here;
   * user-service/default/BatchGet 789.0 ms in 2 attempts, DEADLINE_EXCEEDED}. Plain ASCII of at
   * most 4 KiB.
   */
  public String sentence() {
    return LedgerSentence.of(this);
  }
}
