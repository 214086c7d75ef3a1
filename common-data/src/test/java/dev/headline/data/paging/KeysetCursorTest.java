package dev.headline.data.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeysetCursorTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private static final String SCOPE = "list:42";

  private final KeysetCursor cursors = new KeysetCursor("This is no cursor of the list");
  private final Keyset position =
      new Keyset(Instant.parse("2026-11-01T12:34:56.789012Z"), Long.MAX_VALUE);
  private final String cursor = cursors.encode(SCOPE, position);

  @Test
  void aCursorGivesBackItsPosition() {
    assertThat(cursors.decode(SCOPE, cursor)).isEqualTo(position);
  }

  @Test
  void aCursorIsShortAndFitsIntoAUrl() {
    assertThat(cursor).matches("[A-Za-z0-9_-]{28}");
  }

  @Test
  void aCursorThatIsOutThereStaysValid() {
    assertThat(cursors.decode(SCOPE, "AQAGXzZByGYUf_________9SOaW_")).isEqualTo(position);
  }

  @Test
  void noPositionIsAnEmptyCursor() {
    assertThat(cursors.encode(SCOPE, null)).isEmpty();
    assertThat(cursors.decode(SCOPE, "")).isNull();
  }

  @Test
  void aCursorWithAnyOneCharacterChangedIsRefused() {
    for (int i = 0; i < cursor.length(); i++) {
      for (int other = 0; other < ALPHABET.length(); other++) {
        var changed = new StringBuilder(cursor);
        changed.setCharAt(i, ALPHABET.charAt(other));
        if (!cursor.contentEquals(changed)) {
          assertRefused(SCOPE, changed.toString());
        }
      }
    }
  }

  @Test
  void whatIsNoCursorIsRefused() {
    assertRefused(SCOPE, cursor.substring(1));
    assertRefused(SCOPE, cursor + "AAAA");
    assertRefused(SCOPE, "not a cursor");
    assertRefused(SCOPE, "=");
    assertRefused(SCOPE, "A".repeat(28));
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    assertRefused("list:43", cursor);
    assertRefused("list:4", cursor);
    assertRefused("", cursor);
  }

  @Test
  void theEarliestMomentIsTheFirstThatATimestampCanName() {
    Keyset earliest = new Keyset(Instant.parse("0001-01-01T00:00:00Z"), 1);
    assertThat(cursors.decode(SCOPE, cursors.encode(SCOPE, earliest))).isEqualTo(earliest);

    Keyset before = new Keyset(earliest.at().minusNanos(1_000), 1);
    assertRefused(SCOPE, cursors.encode(SCOPE, before));
  }

  @Test
  void anIdThatIsNotPositiveIsRefused() {
    assertRefused(SCOPE, cursors.encode(SCOPE, new Keyset(position.at(), 0)));
  }

  private void assertRefused(String scope, String cursor) {
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> cursors.decode(scope, cursor))
        .withMessage("This is no cursor of the list")
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(RpcCode.INVALID_ARGUMENT));
  }
}
