package dev.headline.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;

/**
 * How much load, where, for how long.
 *
 * @param baseUrl the gateway; on this machine, because a load test is an attack on anything else
 * @param rate visitors that arrive each second: 1 to 2,000
 * @param duration at that rate: 1 s to 10 min
 * @param ramp before it, from one visitor a second up to the rate: 1 s to 10 min
 */
record LoadSettings(URI baseUrl, int rate, Duration duration, Duration ramp) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int HIGHEST_RATE = 2_000;
  private static final int LONGEST_SECONDS = 600;

  LoadSettings {
    String host = baseUrl.getHost();
    if (!"http".equals(baseUrl.getScheme())
        || host == null
        || !LOOPBACK.contains(host)
        || baseUrl.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "Load goes to http://127.0.0.1:PORT and nowhere else, not to " + baseUrl);
    }
    checkRange("rate", rate, HIGHEST_RATE);
    checkRange("duration", duration.toSeconds(), LONGEST_SECONDS);
    checkRange("ramp", ramp.toSeconds(), LONGEST_SECONDS);
  }

  /**
   * Reads {@code headline.base-url}, {@code headline.rate} (visitors a second), {@code
   * headline.duration} and {@code headline.ramp} (seconds).
   *
   * @throws IllegalArgumentException for a value outside its range, with a sentence that names it
   */
  static LoadSettings from(Properties properties) {
    return new LoadSettings(
        URI.create(properties.getProperty("headline.base-url", "http://127.0.0.1:8080")),
        number(properties, "headline.rate", 20),
        Duration.ofSeconds(number(properties, "headline.duration", 30)),
        Duration.ofSeconds(number(properties, "headline.ramp", 10)));
  }

  private static int number(Properties properties, String name, int otherwise) {
    String text = properties.getProperty(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%s is not a number: '%s'".formatted(name, text), e);
    }
  }

  private static void checkRange(String name, long value, long most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException("The %s is not 1 to %d: %d".formatted(name, most, value));
    }
  }
}
