package dev.headline.gateway.http.edge;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clients keep what they have seen: the properties under {@code headline.gateway.session}.
 *
 * @param key signs what clients keep; base64 of 32 bytes or more, and the same for all gateways of
 *     a platform. Without one a gateway draws its own, and honours no other gateway's
 * @param lifetime how long each mark in a token is good for after it was news, in whole seconds. By
 *     then all replicas that may be read are further anyway; a position that a failover has lost
 *     must not be waited for for ever, however busy its client is
 */
@ConfigurationProperties("headline.gateway.session")
public record SessionSettings(@Nullable String key, @DefaultValue("10m") Duration lifetime) {

  private static final Logger log = LoggerFactory.getLogger(SessionSettings.class);
  private static final int LEAST_BYTES = 32;

  public SessionSettings {
    if (lifetime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "headline.gateway.session.lifetime must be a second or more, but is " + lifetime);
    }
    if (key != null && bytes(key).length < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "headline.gateway.session.key must be base64 of %d bytes or more".formatted(LEAST_BYTES));
    }
  }

  /** What reads and writes the tokens. */
  SessionTokens tokens(InstantSource clock) {
    return new SessionTokens(key == null ? drawn() : bytes(key), lifetime, clock);
  }

  private static byte[] drawn() {
    log.info(
        "No headline.gateway.session.key is set: what clients have seen by this gateway, no other"
            + " gateway honours, nor this one after a restart");
    byte[] key = new byte[LEAST_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static byte[] bytes(String key) {
    try {
      return Base64.getDecoder().decode(key);
    } catch (IllegalArgumentException e) {
      // Not the cause, which may quote it.
      throw new IllegalArgumentException("headline.gateway.session.key is not base64");
    }
  }

  /** These settings without the key. */
  @Override
  public String toString() {
    return "a %s key, good for %s".formatted(key == null ? "drawn" : "given", lifetime);
  }
}
