package dev.headline.gateway.http.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headline.rpc.Baggage;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What a client has seen, as a text that it keeps for us and cannot change: {@code
 * base64url(marks).base64url(mac)}, where each mark is {@code name=value;seconds} and ages by
 * itself. Nothing in it is secret, but a client that could name any position would send all its
 * reads to the primary. Safe for many threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104: HMAC</a>
 */
final class SessionTokens {

  private static final String ALGORITHM = "HmacSHA256";

  /** Of the MAC; half of it is as hard to guess as a key of 128 bits. */
  private static final int MAC_BYTES = 16;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;
  private final Duration lifetime;
  private final InstantSource clock;

  /**
   * @param key shared by all gateways that honour each other's tokens
   * @param lifetime how long a mark is good for
   */
  SessionTokens(byte[] key, Duration lifetime, InstantSource clock) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** A token for what a client knew, and what it is told now. */
  String sign(SeenMarks known, Baggage told) {
    byte[] content = known.with(told, now()).write().getBytes(UTF_8);
    return ENCODER.encodeToString(content) + "." + ENCODER.encodeToString(mac(content));
  }

  /**
   * What a token holds, without the marks that are too old; null if no gateway with this key has
   * made it.
   */
  @Nullable SeenMarks read(String token) {
    try {
      int dot = token.indexOf('.');
      byte[] content = Base64.getUrlDecoder().decode(token.substring(0, Math.max(0, dot)));
      byte[] mac = Base64.getUrlDecoder().decode(token.substring(dot + 1));
      return MessageDigest.isEqual(mac, mac(content))
          ? SeenMarks.read(new String(content, UTF_8)).since(now() - lifetime.toSeconds())
          : null;
    } catch (IllegalArgumentException notOurs) {
      return null;
    }
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private byte[] mac(byte[] content) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(content), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
    }
  }
}
