package dev.headline.gateway.http.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests are answered at a time: the property {@code headline.gateway.max-in-flight}.
 *
 * <p>The default is 256. The largest page, of a hundred items, takes some hundred kilobytes until
 * it is written, so 256 of them fit into the smallest heap that the gateway is run with (192 MB).
 * And by Little's law it is no limit for an ordinary load: requests of 50 ms reach it at 5000 a
 * second, and even such that all wait for their deadline of 800 ms at 320 a second.
 *
 * @param maxInFlight one more is refused; 1 or more
 */
@ConfigurationProperties("headline.gateway")
public record RequestLimit(@DefaultValue("256") int maxInFlight) {

  public RequestLimit {
    if (maxInFlight < 1) {
      throw new IllegalArgumentException(
          "headline.gateway.max-in-flight is 1 or more, but this one is " + maxInFlight);
    }
  }
}
