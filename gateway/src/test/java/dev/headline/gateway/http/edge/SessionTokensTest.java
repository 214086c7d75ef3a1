package dev.headline.gateway.http.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Baggage;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokensTest {

  private static final Baggage SEEN = Baggage.EMPTY.withPersistent("max.wal.content", "0000000016");

  private Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final SessionTokens tokens = gateway("one key of thirty-two bytes, or so");

  @Test
  void aTokenHoldsWhatWasSigned() {
    assertThat(seen(tokens.read(sign()))).isEqualTo(SEEN.persistent());
  }

  @Test
  void anotherGatewayWithTheSameKeyHonoursIt() {
    assertThat(seen(gateway("one key of thirty-two bytes, or so").read(sign())))
        .isEqualTo(SEEN.persistent());
  }

  @Test
  void oneWithAnotherKeyDoesNot() {
    assertThat(gateway("another key of thirty-two bytes, so").read(sign())).isNull();
  }

  @Test
  void whatIsTooOldHoldsNothingAnyMore() {
    String token = sign();

    now = now.plus(Duration.ofMinutes(10)).plusSeconds(1);

    assertThat(seen(tokens.read(token))).isEmpty();
  }

  @Test
  void newsOfOneMarkDoesNotKeepAnotherAlive() {
    SeenMarks before = SeenMarks.NONE.with(SEEN, now.getEpochSecond());
    now = now.plus(Duration.ofMinutes(6));
    String token = tokens.sign(before, Baggage.EMPTY.withPersistent("max.wal.user", "0000000001"));

    now = now.plus(Duration.ofMinutes(6));

    assertThat(seen(tokens.read(token))).containsExactly(Map.entry("max.wal.user", "0000000001"));
  }

  @Test
  void whatIsToldAgainIsNoNewsAndAgesOn() {
    SeenMarks before = SeenMarks.NONE.with(SEEN, now.getEpochSecond());
    now = now.plus(Duration.ofMinutes(6));
    String token = tokens.sign(before, SEEN);

    now = now.plus(Duration.ofMinutes(6));

    assertThat(seen(tokens.read(token))).isEmpty();
  }

  @Test
  void whereThereIsNoRoomForAllTheOldestAreDropped() {
    SeenMarks marks = SeenMarks.NONE;
    for (int i = 0; i < 40; i++) {
      marks = marks.with(Baggage.EMPTY.withPersistent("max." + i, "1"), i);
    }

    assertThat(marks.marks()).hasSize(Baggage.MOST_PIECES).containsKey("max.39");
    assertThat(marks.marks()).doesNotContainKey("max.7");
  }

  @Test
  void anyValueOutlivesTheText() {
    SeenMarks odd =
        SeenMarks.NONE.with(
            Baggage.EMPTY.withPersistent("max.a", "=1;2,ä %"), now.getEpochSecond());

    assertThat(SeenMarks.read(odd.write())).isEqualTo(odd);
  }

  @Test
  void noCharacterCanBeChanged() {
    String token = sign();

    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'g' : 'A';
      String forged = token.substring(0, i) + other + token.substring(i + 1);
      assertThat(tokens.read(forged)).as(forged).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "x", "x.", ".x", "a.b.c", "ä.ö", "====.===="})
  void anythingElseIsNone(String text) {
    assertThat(tokens.read(text)).isNull();
  }

  @Test
  void aKeyIsLongEnoughAndNeverShown() {
    String shortKey = Base64.getEncoder().encodeToString("too short".getBytes(UTF_8));
    String goodKey = Base64.getEncoder().encodeToString(new byte[32]);
    Duration lifetime = Duration.ofMinutes(1);

    assertThatThrownBy(() -> new SessionSettings(shortKey, lifetime))
        .hasMessageContaining("32 bytes or more")
        .hasMessageNotContaining(shortKey);
    assertThatThrownBy(() -> new SessionSettings("no base 64", lifetime))
        .hasMessageContaining("is not base64")
        .hasMessageNotContaining("no base 64");
    assertThat(new SessionSettings(goodKey, lifetime).toString()).doesNotContain(goodKey);
  }

  private String sign() {
    return tokens.sign(SeenMarks.NONE, SEEN);
  }

  private static Map<String, String> seen(@Nullable SeenMarks marks) {
    return marks == null ? Map.of("no", "token") : marks.values();
  }

  private SessionTokens gateway(String key) {
    return new SessionTokens(key.getBytes(UTF_8), Duration.ofMinutes(10), () -> now);
  }
}
