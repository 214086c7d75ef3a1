package dev.headline.allinone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GrammarTest {

  @Test
  void aSlotIsFilledAndACapitalSlotBeginsWithOne() {
    Grammar grammar = Grammar.parse("# a remark\n\nnews = {Town} beats {town}!\ntown = larkmoor");
    assertThat(grammar.say("news", new Random(1))).isEqualTo("Larkmoor beats larkmoor!");
  }

  @Test
  void everyAlternativeComesUp() {
    Grammar grammar = Grammar.parse("town = a | b | c");
    var random = new Random(1);
    assertThat(Stream.generate(() -> grammar.say("town", random)).limit(100))
        .contains("a", "b", "c");
    assertThat(grammar.choices("town")).isEqualTo(List.of("a", "b", "c"));
  }

  @Test
  void aNameThatIsNotThereIsNamed() {
    Grammar grammar = Grammar.parse("news = {town} wins");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grammar.say("news", new Random(1)))
        .withMessageContaining("'town'");
  }
}
