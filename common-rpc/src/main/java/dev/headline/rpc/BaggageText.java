package dev.headline.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Baggage as text, in the style of W3C's: {@code lane=blue,token=a%20b;t}. Values are
 * percent-encoded, and {@code ;t} marks what is transient. It is one header however many pieces
 * there are, because each header costs, and none if there is nothing.
 *
 * @see <a href="https://www.w3.org/TR/baggage/">W3C: Propagation format for distributed context:
 *     Baggage</a>
 */
public final class BaggageText {

  /** What a request brings along. */
  public static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-rpc-baggage", Metadata.ASCII_STRING_MARSHALLER);

  /** What a handler tells its caller beside the reply, as persistent pieces. */
  public static final Metadata.Key<String> TRAILER =
      Metadata.Key.of("x-rpc-told", Metadata.ASCII_STRING_MARSHALLER);

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String TRANSIENT = ";t";

  private BaggageText() {}

  /** Writes what is there; the text is empty if nothing is. */
  public static String write(Baggage baggage) {
    var text = new StringBuilder();
    new TreeMap<>(baggage.persistent()).forEach((name, value) -> append(text, name, value, ""));
    new TreeMap<>(baggage.transients())
        .forEach((name, value) -> append(text, name, value, TRANSIENT));
    return text.toString();
  }

  /**
   * Reads what {@link #write} writes.
   *
   * @throws IllegalArgumentException if it is something else; the sentence repeats no value
   */
  public static Baggage read(String text) {
    if (text.length() > Baggage.LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "Baggage has at most %d bytes on the wire, but this has %d"
              .formatted(Baggage.LONGEST_TEXT, text.length()));
    }
    Map<String, String> persistent = new HashMap<>();
    Map<String, String> transients = new HashMap<>();
    for (String piece : text.split(",", -1)) {
      boolean isTransient = piece.endsWith(TRANSIENT);
      int end = isTransient ? piece.length() - TRANSIENT.length() : piece.length();
      int equals = piece.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("A piece of baggage is name=value, optionally with ;t");
      }
      String name = Baggage.checked(piece.substring(0, equals));
      String value = decode(name, piece.substring(equals + 1, end));
      if ((isTransient ? transients : persistent).put(name, value) != null) {
        throw new IllegalArgumentException("Baggage has a piece '%s' twice".formatted(name));
      }
    }
    return new Baggage(persistent, transients);
  }

  /** How long the text of these would be. */
  static int length(Map<String, String> persistent, Map<String, String> transients) {
    int pieces = persistent.size() + transients.size();
    int commas = Math.max(0, pieces - 1);
    return length(persistent)
        + length(transients)
        + TRANSIENT.length() * transients.size()
        + commas;
  }

  /**
   * A value's bytes.
   *
   * @throws IllegalArgumentException if it is no text: half of a surrogate pair has no bytes
   */
  static byte[] utf8(String name, String value) {
    try {
      ByteBuffer bytes = UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] exact = new byte[bytes.remaining()];
      bytes.get(exact);
      return exact;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "A piece of baggage is text, but '%s' is not".formatted(name), e);
    }
  }

  private static int length(Map<String, String> pieces) {
    int length = 0;
    for (var piece : pieces.entrySet()) {
      length += piece.getKey().length() + 1;
      for (byte each : utf8(piece.getKey(), piece.getValue())) {
        length += isPlain(each) ? 1 : 3;
      }
    }
    return length;
  }

  private static void append(StringBuilder text, String name, String value, String mark) {
    if (!text.isEmpty()) {
      text.append(',');
    }
    text.append(name).append('=');
    for (byte each : utf8(name, value)) {
      if (isPlain(each)) {
        text.append((char) each);
      } else {
        text.append('%');
        HEX.toHexDigits(text, each);
      }
    }
    text.append(mark);
  }

  private static String decode(String name, String encoded) {
    byte[] bytes = new byte[encoded.length()];
    int count = 0;
    try {
      for (int i = 0; i < encoded.length(); i++) {
        char each = encoded.charAt(i);
        if (each == '%') {
          bytes[count++] = (byte) HexFormat.fromHexDigits(encoded, i + 1, i + 3);
          i += 2;
        } else if (isPlain(each)) {
          bytes[count++] = (byte) each;
        } else {
          throw new IllegalArgumentException("not encoded");
        }
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, count)).toString();
    } catch (CharacterCodingException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "The value of '%s' is not percent-encoded UTF-8".formatted(name), e);
    }
  }

  /** Whether W3C lets it stand for itself: what is visible, but for {@code " , ; \ %}. */
  private static boolean isPlain(int each) {
    return each > ' ' && each < 0x7F && "\",;\\%".indexOf(each) < 0;
  }
}
