package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotesTest {

  private static final String MARK = Baggage.HIGHEST + "seen";

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
}
