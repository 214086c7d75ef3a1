package dev.headline.rpc.load;

import org.jspecify.annotations.Nullable;

/** A request asks for a field that does not exist: the client's mistake. */
public final class UnknownFieldException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final @Nullable String nearest;

  UnknownFieldException(String asked, @Nullable String nearest) {
    String shown = shown(asked);
    super(
        nearest == null
            ? "There is no field '%s'".formatted(shown)
            : "There is no field '%s'; did you mean '%s'?".formatted(shown, nearest));
    this.field = shown;
    this.nearest = nearest;
  }

  /** What was asked for; fit to be shown: cut to a field's length, without control characters. */
  public String field() {
    return field;
  }

  /** The field that was probably meant; null if none is near. */
  public @Nullable String nearest() {
    return nearest;
  }

  private static String shown(String asked) {
    var shown = new StringBuilder();
    for (int i = 0; i < Math.min(asked.length(), Field.MAX_LENGTH); i++) {
      char c = asked.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return asked.length() > Field.MAX_LENGTH ? shown.append('…').toString() : shown.toString();
  }
}
