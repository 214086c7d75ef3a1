package dev.headline.rpc.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {

  @Test
  void theNameSaysWhereAFieldStands() {
    assertThat(Field.of("Content_Info").owner()).isNull();
    assertThat(Field.of("Content.User_Info").owner()).isEqualTo("Content_Info");
    assertThat(Field.of("Content.Comment.User_Info").owner()).isEqualTo("Content.Comment_Info");
  }

  @Test
  void aFieldIsEqualToItselfOnly() {
    assertThat(Field.of("Content_Info")).isNotEqualTo(Field.of("Content_Info"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "A.", ".A", "A..B", "A B", "A-B", "Ä"})
  void aNameIsSegmentsJoinedByDots(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Field.of(name))
        .withMessageContaining("'" + name + "'");
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertThat(Field.of("A".repeat(64)).name()).hasSize(64);
    assertThatIllegalArgumentException().isThrownBy(() -> Field.of("A".repeat(65)));
  }
}
