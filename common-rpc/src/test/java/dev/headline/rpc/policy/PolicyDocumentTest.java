package dev.headline.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet", "rules: []"})
  void aDocumentMayBeEmpty(String text) {
    assertThat(PolicyDocument.read("test", text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rule: [] | test, line 1: a document has 'rules', not 'rule'",
        "rules: 1 | test, line 1: 'rules' is a list",
        "[] | test, line 1: A document is a group of 'name: value'",
        "rules: [{match: {to: a}}] | test, line 1: the rule says nothing of the calls that it matches",
        "rules: [{match: {too: a}, retry: off}] | test, line 1: a rule matches by from, from-cluster, to, to-cluster, method, not by 'too'",
        "rules: [{match: {to: A b}, retry: off}] | test, line 1: to is named by 1 to 63 of a-z, 0-9 and '-', but this is 'A b'",
        "rules: [{retry: }] | test, line 1: retry has one value",
        "rules: [{retry: [1]}] | test, line 1: retry has one value",
      })
  void whatIsNoDocumentIsRefusedWithASentenceThatSaysWhere(String text, String sentence) {
    assertThatThrownBy(() -> PolicyDocument.read("test", text))
        .isInstanceOf(PolicyException.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules: [",
        "rules: []\nrules: []",
        "a: &a [1]\nrules: [*a, *a]",
        "rules: [[[[[[[[[[[[1]]]]]]]]]]]]",
        "\0"
      })
  void whatIsNoYamlOrTooCleverIsRefused(String text) {
    assertThatThrownBy(() -> PolicyDocument.read("test", text))
        .isInstanceOf(PolicyException.class)
        .hasMessageStartingWith("test");
  }

  @Test
  void aDocumentThatIsTooLongIsRefused() {
    assertThatThrownBy(() -> PolicyDocument.read("test", "#".repeat(PolicyDocument.LONGEST + 1)))
        .isInstanceOf(PolicyException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"production.yaml", "demo.yaml"})
  void theProfilesThatAreShippedAreValid(String name) throws IOException {
    try (InputStream document = PolicyTable.class.getResourceAsStream(name)) {
      assertThat(document).isNotNull();
      String text = new String(document.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(PolicyTable.DEFAULT.and(PolicyDocument.read(name, text)).rules()).hasSize(1);
    }
  }
}
