package dev.headline.rpc;

import dev.headline.rpc.words.Figures;

/**
 * How long each {@link Phase} of one attempt took, in nanoseconds; 0 for one that it did not come
 * to. The phase in which a failed attempt ended is counted up to its end.
 *
 * @param connecting 0 or more
 * @param writing 0 or more. A request of more than 32 KiB is written when its last byte is; a
 *     smaller one when the connection has taken its head, because the rest goes out with it
 * @param waiting 0 or more
 * @param reading 0 or more
 */
public record Phases(long connecting, long writing, long waiting, long reading) {

  /** All of them together. */
  public long total() {
    return connecting + writing + waiting + reading;
  }

  /** In words, such as {@code connect 0.1 ms, write 0.2 ms, wait 117.0 ms, read 0.0 ms}. */
  @Override
  public String toString() {
    return "connect %s, write %s, wait %s, read %s"
        .formatted(
            Figures.millis(connecting),
            Figures.millis(writing),
            Figures.millis(waiting),
            Figures.millis(reading));
  }
}
