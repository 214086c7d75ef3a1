package dev.headline.allinone.call;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as the services' own settings have them: {@code 500ms}, {@code 2s}, {@code 1m}. */
final class ShortDuration implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      return DurationStyle.SIMPLE.parse(text);
    } catch (IllegalArgumentException notOne) {
      throw new TypeConversionException("'%s' is no time such as 500ms or 2s".formatted(text));
    }
  }
}
