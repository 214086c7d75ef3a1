package dev.headline.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.CallKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PolicyLayersTest {

  private static final CallKey ANY = new CallKey("a", "default", "b", "default", "Get");

  private final PolicyLayers layers =
      new PolicyLayers(
          PolicyTable.DEFAULT.and(PolicyDocument.read("base", "rules: [{timeout: {total: 1s}}]")));

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
  void aDocumentThatIsTheSameAsBeforeIsNoNewEdition() {
    layers.replace("upper", "rules: [{timeout: {total: 2s}}]");
    long edition = layers.policies().current().number();

    layers.replace("upper", "rules: [{timeout: {total: 2s}}]");
    assertThat(layers.policies().current().number()).isEqualTo(edition);
  }

  private Duration total() {
    return layers.policies().current().table().policyOf(ANY).timeout().total();
  }
}
