package dev.headline.gateway.http.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is answered at a time: the property {@code headline.gateway.max-in-flight}, in places. A
 * place is room for {@value #ITEMS} contents of a page; a request for a hundred takes five, and
 * whatever is not a page of contents takes one.
 *
 * <p>The default is 64, which comes from bytes. A content may have a text of 20,000 characters, and
 * three comments of 2,000. In the heap a character takes two bytes at worst, once: the answer
 * shares the strings of the reply. So a place is 20 × 26,000 × 2 bytes, about 1 MB, and 64 of them
 * are 67 MB. Beside them, each of Netty's threads (four, or one for each processor) may be writing
 * one answer as JSON, of three bytes a character and twice while it is copied: a page of a hundred
 * is 16 MB, four are 62 MB. With the 45 MB of a gateway at rest, that is 175 MB of the smallest
 * heap that the gateway is run with (192 MB; in a container it is 45 % of 512 MB).
 *
 * <p>And by Little's law it is no limit for an ordinary load: pages of 20 that take 50 ms reach it
 * at 1,280 a second, and even such that all wait for their deadline of 800 ms at 80 a second.
 *
 * @param maxInFlight how many places there are; {@value #MOST_PLACES} or more, so that the largest
 *     page finds room
 */
@ConfigurationProperties("headline.gateway")
public record RequestLimit(@DefaultValue("64") int maxInFlight) {

  /** How many contents have room in one place. */
  private static final int ITEMS = 20;

  /** What the largest page takes. */
  private static final int MOST_PLACES = 5;

  public RequestLimit {
    if (maxInFlight < MOST_PLACES) {
      throw new IllegalArgumentException(
          "headline.gateway.max-in-flight is %d or more, but this one is %d"
              .formatted(MOST_PLACES, maxInFlight));
    }
  }

  /**
   * How many places a page takes.
   *
   * @param items how many contents it has at most
   */
  public static int places(int items) {
    return Math.ceilDiv(items, ITEMS);
  }
}
