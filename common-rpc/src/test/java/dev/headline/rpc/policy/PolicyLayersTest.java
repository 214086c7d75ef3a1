package dev.headline.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.CallKey;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLayersTest {

  private static final CallKey ANY = new CallKey("a", "default", "b", "default", "Get");

  private final PolicyLayers layers =
      new PolicyLayers(
          PolicyTable.DEFAULT.and(PolicyDocument.read("base", "rules: [{timeout: {total: 1s}}]")),
          PolicyLayersTest::isIdempotent);

  @Test
  void theUpperLayerOverridesTheLowerAndGoesAgain() {
    layers.replace("upper", "rules: [{timeout: {total: 2s}}]");
    assertThat(total()).hasSeconds(2);

    layers.replace("upper", null);
    assertThat(total()).hasSeconds(1);
  }

  @Test
  void aDocumentThatCannotBeUsedChangesNothingAndIsReported() {
    layers.replace("upper", "rules: [{timeout: {total: 2s}}]");
    layers.replace("upper", "rules: [{timeout: {total: 0s}}]");

    assertThat(total()).hasSeconds(2);
    assertThat(layers.problem())
        .contains("upper, line 1: timeout.total is 1 ms to 10 min, but this one is PT0S");

    layers.replace("upper", "rules: [{timeout: {total: 3s}}]");
    assertThat(layers.problem()).isEmpty();
    assertThat(total()).hasSeconds(3);
  }

  @Test
  void theDocumentThatHoldsMendsWhatOneThatCannotBeUsedBroke() {
    layers.replace("upper", "rules: [{timeout: {total: 2s}}]");
    long edition = layers.policies().current().number();
    layers.replace("upper", "rules: [{timeout: {total: 0s}}]");
    layers.replace("upper", "rules: [{timeout: {total: 2s}}]");

    assertThat(layers.problem()).isEmpty();
    assertThat(layers.policies().current().number()).isEqualTo(edition);
  }

  @Test
  void aDocumentThatIsTheSameAsBeforeIsNoNewEdition() {
    layers.replace("upper", "rules: [{timeout: {total: 2s}}]");
    long edition = layers.policies().current().number();

    layers.replace("upper", "rules: [{timeout: {total: 2s}}]");
    assertThat(layers.policies().current().number()).isEqualTo(edition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retry: {retries: 2}",
        "retry: on",
        "hedge: {percentile: 90}",
      })
  void aMethodThatIsNotDeclaredIdempotentCannotBeSentTwice(String part) {
    layers.replace("upper", "rules: [{match: {to: b, method: Post}, " + part + "}]");

    assertThat(layers.problem())
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith("upper, line 1: Post of b may not be sent twice: its contract"));
    layers.replace("upper", "rules: [{match: {to: b, method: Get}, " + part + "}]");
    assertThat(layers.problem()).isEmpty();
  }

  @Test
  void aMethodThatIsNotDeclaredIdempotentMayBeToldNotTo() {
    layers.replace("upper", "rules: [{match: {to: b, method: Post}, retry: off, hedge: off}]");

    assertThat(layers.problem()).isEmpty();
  }

  @Test
  void aMethodThatThereIsNotIsReported() {
    layers.replace("upper", "rules: [{match: {to: b, method: Gte}, detail: full}]");

    assertThat(layers.problem()).contains("upper, line 1: b has no method Gte");
  }

  private static Optional<Boolean> isIdempotent(String service, String method) {
    if (!service.equals("b")) {
      return Optional.empty();
    }
    return switch (method) {
      case "Get" -> Optional.of(true);
      case "Post" -> Optional.of(false);
      default -> throw new IllegalArgumentException(service + " has no method " + method);
    };
  }

  private Duration total() {
    return layers.policies().current().table().policyOf(ANY).timeout().total();
  }
}
