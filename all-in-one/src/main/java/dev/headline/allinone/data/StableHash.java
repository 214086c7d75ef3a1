package dev.headline.allinone.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/**
 * A hash that is the same on every machine and in every version, unlike {@link Object#hashCode()}.
 *
 * @param high the first half of its bits
 * @param low the second half
 */
record StableHash(long high, long low) {

  /** The hash of some texts; where one ends and the next begins matters. */
  static StableHash of(String... parts) {
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      digest.update(bytes);
    }
    ByteBuffer bits = ByteBuffer.wrap(digest.digest());
    return new StableHash(bits.getLong(), bits.getLong());
  }

  /** 32 hexadecimal digits. */
  String hex() {
    return "%016x%016x".formatted(high, low);
  }

  /** One of {@code choices} numbers from 0 on. */
  int pick(int choices) {
    return (int) Long.remainderUnsigned(high, choices);
  }

  /** A source of numbers that this hash seeds. {@link Random} promises its sequence for ever. */
  Random random() {
    return new Random(low);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java has SHA-256", e);
    }
  }
}
