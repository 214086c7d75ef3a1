package dev.headline.allinone.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTextTest {

  private static final String EXPLANATION =
      """
      [{"side": "CLIENT", "edition": 2,
        "key": {"from": "gateway", "from_cluster": "blue", "to": "user-service",
                "to_cluster": "green", "method": "BatchGet"},
        "settings": [{"name": "retry", "value": "off", "source": "a.yaml, line 3"}],
        "chain": [{"name": "Retry", "state": "first\\nsecond"}],
        "decided": 7,
        "decisions": [{"time": "now", "link": "Retry", "outcome": "denied", "reason": "it is off"}]}]
      """;

  @ParameterizedTest
  @ValueSource(strings = {"_cluster", "Cluster"})
  void itIsPrintedForPeopleWhicheverWayNamesAreWritten(String spelling) {
    assertThat(printed(EXPLANATION.replace("_cluster", spelling), true))
        .startsWith(
            "gateway-1, client side: gateway/blue → user-service/green BatchGet (policies: edition 2)")
        .contains("    retry                      off          a.yaml, line 3\n")
        .contains("    Retry                       first\n                                second\n")
        .contains("  decisions: 7 so far")
        .contains("    now  Retry: denied, because it is off\n");
  }

  @Test
  void theCalledSideIsSilentOnCallsThatHaveNotReachedIt() {
    String nothing = EXPLANATION.replaceAll("\"chain\": \\[[^]]*]", "\"chain\": []");

    assertThat(printed(nothing, false)).isEmpty();
    assertThat(printed(nothing, true)).contains("no call has been made yet");
  }

  private static String printed(String body, boolean calls) {
    var text = new StringWriter();
    var out = new PrintWriter(text);
    ExplanationText.print("gateway-1", body, calls, out);
    out.flush();
    return text.toString();
  }
}
