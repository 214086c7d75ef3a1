package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BaggageTest {

  @Test
  void itsTextIsOneThatAPersonCanRead() {
    Baggage baggage =
        Baggage.EMPTY
            .withPersistent("lane", "blue")
            .withPersistent("a.b-c", "50 %, é")
            .withTransient("token", "x/y");

    assertThat(BaggageText.write(baggage))
        .isEqualTo("a.b-c=50%20%25%2C%20%C3%A9,lane=blue,token=x/y;t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a,b;t=c\\\"%", "\n\r\0", "é中😀", "=;t"})
  void anyTextComesBackAsItWas(String value) {
    Baggage baggage =
        Baggage.EMPTY
            .withPersistent("one", value)
            .withTransient("two", value)
            .withTransient("3", "");

    assertThat(BaggageText.read(BaggageText.write(baggage))).isEqualTo(baggage);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        ",",
        "a=b,",
        "a=b,,c=d",
        "=b",
        "a=b,a=c",
        "a=b,a=c;t",
        "a=b;x",
        "a=b c",
        "a=é",
        "a=%",
        "a=%4",
        "a=%zz",
        "a=%FF",
        "a;t",
        "A=b",
        "a b=c",
        "-a=b"
      })
  void aTextThatNobodyWritesIsRefused(String text) {
    assertThatThrownBy(() -> BaggageText.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSentenceAboutAValueDoesNotRepeatIt() {
    assertThatThrownBy(() -> BaggageText.read("token=sec ret"))
        .hasMessage("The value of 'token' is not percent-encoded UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "a_b", ".a", "-a", "é", "a b"})
  void aNameIsOneThatCanTravel(String name) {
    assertThatThrownBy(() -> Baggage.EMPTY.withPersistent(name, "x"))
        .hasMessageContaining("1 to 63 of a-z, 0-9, '.' and '-', but got '%s'", name);
  }

  @Test
  void aNameHasSixtyThreeCharactersAndNotOneMore() {
    assertThat(Baggage.EMPTY.withTransient("n".repeat(63), "x").get("n".repeat(63))).isEqualTo("x");
    assertThatThrownBy(() -> Baggage.EMPTY.withTransient("n".repeat(64), "x"))
        .hasMessageContaining("63");
  }

  @Test
  void aValueHasOneKibibyteAndNotOneByteMore() {
    assertThat(Baggage.EMPTY.withPersistent("a", "é".repeat(512)).get("a")).hasSize(512);
    assertThatThrownBy(() -> Baggage.EMPTY.withPersistent("a", "é".repeat(512) + "x"))
        .hasMessage("A piece of baggage has at most 1024 bytes, but 'a' has 1025");
  }

  @Test
  void halfACharacterIsNoText() {
    assertThatThrownBy(() -> Baggage.EMPTY.withPersistent("a", "\uD83D"))
        .hasMessage("A piece of baggage is text, but 'a' is not");
  }

  @Test
  void thereAreThirtyTwoPiecesAndNotOneMore() {
    Baggage full = pieces(32, "x");

    assertThatThrownBy(() -> full.withTransient("one-more", "x"))
        .hasMessage("Baggage has at most 32 pieces, but this has 33");
    assertThat(full.withPersistent("p1", "y").get("p1")).isEqualTo("y");
  }

  @Test
  void allTogetherHaveFourKibibytesAsTheyAreWritten() {
    // Each is "pN=" with 1,020 bytes and a comma, but for the last: 4,095 together.
    Baggage full = pieces(4, "x".repeat(1_020));

    assertThat(BaggageText.write(full)).hasSize(4_095);
    assertThat(BaggageText.write(full.withPersistent("p0", "x".repeat(1_021)))).hasSize(4_096);
    assertThatThrownBy(() -> full.withPersistent("p0", "x".repeat(1_022)))
        .hasMessage("Baggage has at most 4096 bytes on the wire, but this has 4097");
    assertThatThrownBy(() -> full.withPersistent("p0", "é".repeat(510)))
        .hasMessageContaining("on the wire");
    assertThatThrownBy(() -> BaggageText.read("a=" + "x".repeat(4_095)))
        .hasMessageContaining("4097");
  }

  @Test
  void aPieceIsPersistentOrTransientAndNeverBoth() {
    assertThatThrownBy(() -> Baggage.EMPTY.withPersistent("a", "1").withTransient("a", "2"))
        .hasMessage("A piece of baggage is persistent or transient, but 'a' is both");
  }

  @Test
  void onlyWhatIsPersistentGoesOnward() {
    Baggage baggage = Baggage.EMPTY.withPersistent("a", "1").withTransient("b", "2");

    assertThat(baggage.onward()).isEqualTo(Baggage.EMPTY.withPersistent("a", "1"));
    Baggage nothingTransient = baggage.onward();
    assertThat(nothingTransient.onward()).isSameAs(nothingTransient);
  }

  private static Baggage pieces(int count, String value) {
    Map<String, String> pieces = new HashMap<>();
    for (int i = 0; i < count; i++) {
      pieces.put("p" + i, value);
    }
    return new Baggage(pieces, Map.of());
  }
}
