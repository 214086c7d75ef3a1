package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NotesTest {

  private static final String MARK = Baggage.HIGHEST + "seen";

  private static final Degraded DEGRADED =
      new Degraded("user-service", "BatchGet", RpcCode.UNAVAILABLE, "Gone");

  private final Notes notes = new Notes();

  @Test
  void ofTwoThatToldTheSameTheLastCounts() {
    notes.receive(Baggage.EMPTY.withPersistent("source", "primary"));
    notes.receive(Baggage.EMPTY.withPersistent("source", "cache"));

    assertThat(notes.received("source")).isEqualTo("cache");
  }

  @Test
  void ofTwoHighWaterMarksTheGreaterCountsWhicheverCameLast() {
    notes.receive(Baggage.EMPTY.withPersistent(MARK, "0009"));
    notes.receive(Baggage.EMPTY.withPersistent(MARK, "0007"));

    assertThat(notes.received(MARK)).isEqualTo("0009");
  }

  @Test
  void aCallersHighWaterMarkIsNeverLowered() {
    notes.tellCaller(MARK, "0009");
    notes.tellCaller(MARK, "0007");

    assertThat(notes.toCaller().get(MARK)).isEqualTo("0009");
  }

  @Test
  void highWaterMarksGoOnToTheCallersCallerAndNothingElseDoes() {
    notes.receive(Baggage.EMPTY.withPersistent(MARK, "0009").withPersistent("source", "cache"));

    assertThat(notes.toCaller()).isEqualTo(Baggage.EMPTY.withPersistent(MARK, "0009"));
  }

  @Test
  void whatIsKeptApartIsStillPassedOn() {
    Notes apart = notes.part();
    apart.receive(Baggage.EMPTY.withPersistent(MARK, "0009").withPersistent("source", "cache"));
    apart.tellCaller("hint", "a");
    apart.degraded(DEGRADED);

    assertThat(notes.toCaller())
        .isEqualTo(Baggage.EMPTY.withPersistent(MARK, "0009").withPersistent("hint", "a"));
    assertThat(apart.toCaller()).isEqualTo(notes.toCaller());
    assertThat(notes.degraded()).containsExactly(DEGRADED);
    assertThat(apart.degraded()).containsExactly(DEGRADED);
    assertThat(notes.received("source")).isNull();
  }

  @Test
  void whateverAHandlerTellsThereIsRoomForMarks() {
    for (String name : List.of("a", "b", "c")) {
      notes.tellCaller(name, "x".repeat(1_020));
    }
    assertThatThrownBy(() -> notes.tellCaller("d", "x".repeat(10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beside high-water marks");

    Baggage marks = Baggage.EMPTY;
    for (int i = 0; i < Notes.MARKS; i++) {
      marks = marks.withPersistent(Baggage.HIGHEST + i, "x".repeat(110));
    }
    notes.receive(marks);

    assertThat(notes.toCaller().persistent()).containsAllEntriesOf(marks.persistent());
  }

  @Test
  void manyShortPiecesLeaveRoomForMarksAsWell() {
    for (int i = 0; i < Baggage.MOST_PIECES - Notes.MARKS; i++) {
      notes.tellCaller("n" + i, "x");
    }
    assertThatThrownBy(() -> notes.tellCaller("more", "x"))
        .isInstanceOf(IllegalArgumentException.class);
    notes.tellCaller("n0", "y");

    notes.receive(Baggage.EMPTY.withPersistent(MARK, "0009"));

    assertThat(notes.toCaller().get(MARK)).isEqualTo("0009");
  }

  @Test
  void ofMoreMarksThanFitTheFirstByNameGoOnAndTheOthersAreNamed() {
    Baggage first = Baggage.EMPTY;
    Baggage second = Baggage.EMPTY;
    for (int i = 10; i < 30; i++) {
      first = first.withPersistent(Baggage.HIGHEST + i, "1");
      second = second.withPersistent(Baggage.HIGHEST + (i + 20), "1");
    }
    notes.receive(first);
    Baggage tooMuch = second;

    assertThatThrownBy(() -> notes.receive(tooMuch))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("max.42, max.43")
        .hasMessageNotContaining("max.41");
    assertThat(notes.toCaller().persistent()).hasSize(Baggage.MOST_PIECES).containsKey("max.41");
    assertThat(notes.received("max.49")).isEqualTo("1");
  }
}
