package dev.headline.gateway.http.edge;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What all clients together may hold open: the properties under {@code
 * headline.gateway.connections}.
 *
 * <p>A connection that waits holds some ten kilobytes and, while a head comes in, up to 16 KiB
 * more; one whose client does not read holds up to 64 KiB before {@link UnreadAnswers} counts it.
 * So a thousand are at most 80 MB outside the heap, and mostly ten. What is counted as unread is at
 * most {@code unreadBytes} and the answers that are being written, one for each thread of Netty.
 * Both together stay below the 192 MB that the JVM allows outside a heap of that size.
 *
 * @param most how many connections there may be; one more is closed at once; 1 or more
 * @param unreadBytes how many bytes of answers may wait for slow readers; positive
 * @param patience how long a client may read less than {@code leastRead}; positive
 * @param leastRead in bytes; positive
 */
@ConfigurationProperties("headline.gateway.connections")
public record Connections(
    @DefaultValue("1000") int most,
    @DefaultValue("33554432") long unreadBytes,
    @DefaultValue("10s") Duration patience,
    @DefaultValue("65536") long leastRead) {

  public Connections {
    if (most < 1 || unreadBytes < 1 || leastRead < 1 || !patience.isPositive()) {
      throw new IllegalArgumentException(
          ("headline.gateway.connections are positive, but these are most %d, unread-bytes %d,"
                  + " least-read %d and patience %s")
              .formatted(most, unreadBytes, leastRead, patience));
    }
  }
}
