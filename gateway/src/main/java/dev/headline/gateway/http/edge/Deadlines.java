package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemType;
import dev.headline.gateway.http.query.Numbers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a request may take: the properties {@code headline.gateway.deadline} and {@code
 * headline.gateway.deadline-cap}.
 *
 * @param deadline for a client that does not ask for another; positive
 * @param deadlineCap the most that a client may ask for; not less than {@code deadline}
 */
@ConfigurationProperties("headline.gateway")
public record Deadlines(
    @DefaultValue("800ms") Duration deadline, @DefaultValue("2s") Duration deadlineCap) {

  /** The header in which a client asks for less time, or for more, in milliseconds. */
  static final String HEADER = "X-Deadline-Ms";

  public Deadlines {
    if (!deadline.isPositive() || deadlineCap.compareTo(deadline) < 0) {
      throw new IllegalArgumentException(
          "A deadline is positive and not above its cap, but got %s and %s"
              .formatted(deadline, deadlineCap));
    }
  }

  /** The time that a request has, given what its client asked for. */
  Duration budget(@Nullable String asked) {
    if (asked == null) {
      return deadline;
    }
    long millis = Numbers.positive(asked);
    if (millis < 1 || millis > deadlineCap.toMillis()) {
      String detail = "The deadline is 1 to %d milliseconds.".formatted(deadlineCap.toMillis());
      throw Problem.of(ProblemType.INVALID_HEADER, detail, HEADER, asked).toException();
    }
    return Duration.ofMillis(millis);
  }
}
