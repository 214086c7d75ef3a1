package dev.headline.data.cache;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import dev.headline.data.WalPosition;
import dev.headline.data.cache.Entry.Absent;
import dev.headline.data.cache.Entry.Fence;
import dev.headline.data.cache.Entry.Present;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * How entries are written. Numbers are sixteen hexadecimal digits, which {@link Scripts} compare as
 * text:
 *
 * <pre>
 *   16  position  as of which a value was read, or at which the key was written
 *    1  what      V a value, N none, F a fence, which ends here
 *   16  epoch     values of another one are not believed
 *   16  fresh     until when, in milliseconds since the epoch
 *       value     a protobuf message
 * </pre>
 */
final class EntryFormat<V> {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int WHAT = 16;
  private static final int EPOCH = 17;
  private static final int FRESH = 33;
  private static final int VALUE = 49;

  private final Form<V, ?> form;

  EntryFormat(Form<V, ?> form) {
    this.form = form;
  }

  /** A number as it stands in entries. */
  static String digits(long number) {
    return HEX.toHexDigits(number);
  }

  static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  byte[] present(WalPosition asOf, byte[] epoch, long freshUntil, V value) {
    MessageLite message = form.message(value);
    byte[] entry = header('V', asOf, epoch, freshUntil, message.getSerializedSize());
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(entry, VALUE, entry.length - VALUE);
      message.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("A message did not have the size that it said", e);
    }
    return entry;
  }

  byte[] absent(WalPosition asOf, byte[] epoch, long freshUntil) {
    return header('N', asOf, epoch, freshUntil, 0);
  }

  static byte[] fence(WalPosition position) {
    return bytes(digits(position.bytes()) + 'F');
  }

  /**
   * Reads an entry.
   *
   * @param epoch the one that holds; null if none does
   * @return null if there is none that can be believed and understood
   */
  @Nullable Entry<V> read(byte @Nullable [] entry, byte @Nullable [] epoch) {
    if (entry == null || entry.length <= WHAT) {
      return null;
    }
    try {
      var asOf = new WalPosition(number(entry, 0));
      if (entry[WHAT] == 'F') {
        return new Fence<>(asOf);
      }
      return entry.length >= VALUE && isOf(epoch, entry) ? answer(entry, asOf) : null;
    } catch (InvalidProtocolBufferException | IllegalArgumentException _) {
      return null;
    }
  }

  private Entry<V> answer(byte[] entry, WalPosition asOf) throws InvalidProtocolBufferException {
    return entry[WHAT] == 'N'
        ? new Absent<>(asOf)
        : new Present<>(asOf, number(entry, FRESH), form.value(entry, VALUE));
  }

  /** An epoch as it stands in entries, of what Redis keeps about it; null if it keeps none. */
  static byte @Nullable [] epoch(byte @Nullable [] kept) {
    return kept == null || kept.length < WHAT ? null : Arrays.copyOf(kept, WHAT);
  }

  private static boolean isOf(byte @Nullable [] epoch, byte[] entry) {
    return epoch != null && Arrays.equals(entry, EPOCH, FRESH, epoch, 0, epoch.length);
  }

  private static byte[] header(
      char what, WalPosition asOf, byte[] epoch, long freshUntil, int valueSize) {
    byte[] entry = new byte[VALUE + valueSize];
    write(asOf.bytes(), entry, 0);
    entry[WHAT] = (byte) what;
    System.arraycopy(epoch, 0, entry, EPOCH, FRESH - EPOCH);
    write(freshUntil, entry, FRESH);
    return entry;
  }

  private static void write(long number, byte[] entry, int at) {
    for (int i = 0; i < 16; i++) {
      entry[at + i] = (byte) Character.toUpperCase(Character.forDigit((int) (number >>> 60), 16));
      number <<= 4;
    }
  }

  private static long number(byte[] entry, int at) {
    long number = 0;
    for (int i = at; i < at + 16; i++) {
      number = number << 4 | HexFormat.fromHexDigit(entry[i]);
    }
    return number;
  }
}
