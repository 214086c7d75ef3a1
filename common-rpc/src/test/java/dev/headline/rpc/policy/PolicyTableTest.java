package dev.headline.rpc.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.CallKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTableTest {

  private static final CallKey BATCH_GET =
      new CallKey("gateway", "default", "content-service", "default", "BatchGet");

  @Test
  void withoutRulesThePolicyIsTheStandardOne() {
    assertThat(PolicyTable.DEFAULT.policyOf(BATCH_GET)).isEqualTo(CallPolicy.DEFAULT);
  }

  @Test
  void aLaterRuleOverridesOnlyWhatItNames() {
    CallPolicy policy =
        policy(
            """
            rules:
              - timeout: {total: 2s, attempt: 1s}
                limit: {in-flight: 7}
              - match: {to: content-service}
                timeout: {total: 500ms}
              - match: {to: user-service}
                timeout: {total: 9s}
            """);

    assertThat(policy.timeout().total()).hasMillis(500);
    assertThat(policy.timeout().attempt()).hasSeconds(1);
    assertThat(policy.limit()).isEqualTo(new LimitPolicy(7, Duration.ofMillis(20), 500));
    assertThat(policy.breaker()).isEqualTo(BreakerPolicy.DEFAULT);
  }

  @Test
  void aRuleMatchesByEachFieldOfTheFiveTuple() {
    CallPolicy policy =
        policy(
            """
            rules:
              - match: {from: gateway, from-cluster: default, to: content-service, to-cluster: default, method: BatchGet}
                detail: full
              - match: {from: gateway, from-cluster: blue}
                detail: basic
              - match: {to-cluster: green}
                detail: basic
              - match: {method: ListChanges}
                detail: basic
            """);

    assertThat(policy.detail()).isEqualTo(Detail.FULL);
  }

  @Test
  void aPartIsTurnedOffAndOnAgain() {
    assertThat(policy("rules: [{hedge: off}]").hedge()).isEqualTo(new HedgePolicy.Off());
    assertThat(policy("rules: [{hedge: {percentile: 90}}, {hedge: off}, {hedge: on}]").hedge())
        .isEqualTo(HedgePolicy.DEFAULT);
    assertThat(policy("rules: [{hedge: off}, {hedge: {percentile: 90}}]").hedge())
        .isInstanceOfSatisfying(
            HedgePolicy.AtPercentile.class,
            hedge -> {
              assertThat(hedge.percentile()).isEqualTo(90);
              assertThat(hedge.extraPercent()).isEqualTo(5);
            });
  }

  @Test
  void anotherAlternativeTakesBackWhatWasSaidOfTheOneBefore() {
    assertThat(policy("rules: [{balance: {by: least-request}}]").balance())
        .isEqualTo(new BalancePolicy.LeastRequest());
    assertThat(
            policy("rules: [{balance: {decay: 5s}}, {balance: {by: nearest-first, spill: 8}}]")
                .balance())
        .isEqualTo(new BalancePolicy.NearestFirst(8));
    assertThat(policy("rules: [{balance: {decay: 5s}}]").balance())
        .isEqualTo(new BalancePolicy.PeakEwma(Duration.ofSeconds(5)));
  }

  @Test
  void sharesAreReplacedTogether() {
    CallPolicy policy =
        policy(
            """
            rules:
              - route: {weights: {blue: 100}, lanes: {canary: green}}
              - route: {weights: {blue: 90, green: 10}}
            """);

    assertThat(policy.route())
        .isEqualTo(new RoutePolicy(Map.of("blue", 90, "green", 10), Map.of("canary", "green")));
  }

  @Test
  void aSwitchHasAnExpiryAndAReason() {
    assertThat(
            policy("rules: [{degrade: {until: 2026-11-21T18:00:00Z, reason: too much load}}]")
                .degrade())
        .isEqualTo(new DegradePolicy.On(Instant.parse("2026-11-21T18:00:00Z"), "too much load"));
    assertThatThrownBy(() -> policy("rules: [{degrade: {reason: too much load}}]"))
        .isInstanceOf(PolicyException.class)
        .hasMessage("test, line 1: degrade.until is missing");
  }

  @Test
  void everySettingSaysWhereItComesFrom() {
    PolicyTable table =
        table(
            """
            rules:
              - timeout: {total: 2s}
              - match: {method: BatchGet}
                retry: off
            """);

    assertThat(table.settingsOf(BATCH_GET))
        .contains(
            new Setting("timeout.total", "2s", "test, line 2"),
            new Setting("retry", "off", "test, line 4"),
            new Setting("timeout.attempt", "120ms", Setting.STANDARD),
            new Setting("balance.by", "peak-ewma", Setting.STANDARD),
            new Setting("balance.decay", "10s", Setting.STANDARD),
            new Setting("access", "allow", Setting.STANDARD));
  }

  @Test
  void whatIsListedCanBeReadAgain() {
    var listed = new StringBuilder("rules:\n");
    for (Setting setting : PolicyTable.DEFAULT.settingsOf(BATCH_GET)) {
      String[] path = setting.name().split("\\.", -1);
      listed.append("  - ");
      for (int i = 0; i < path.length - 1; i++) {
        listed.append("{").append(path[i]).append(": ");
      }
      listed.append("{").append(path[path.length - 1]).append(": ").append(setting.value());
      listed.append("}".repeat(path.length)).append("\n");
    }
    CallPolicy again = policy(listed.toString());

    assertThat(again).isEqualTo(CallPolicy.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timeout: {total: 0ms} | timeout.total is 1 ms to 10 min, but this one is PT0S",
        "timeout: {total: soon} | timeout.total: a duration is a whole number with us, ms, s, m or h, such as 250ms, but this is 'soon'",
        "timeout: {totl: 1s} | there is no setting 'timeout.totl'; did you mean 'timeout.total'?",
        "timeout: 1s | there is no setting 'timeout'",
        "retry: {retries: 9} | retry.retries is 1 to 5, but this one is 9",
        "retry: {retries: many} | retry.retries: it is a whole number, but this is 'many'",
        "retry: sometimes | retry is on, off or a group of settings, but this is 'sometimes'",
        "balance: {by: luck} | balance.by is one of weighted-round-robin, least-request, peak-ewma, consistent-hash, nearest-first, but this is 'luck'",
        "access: maybe | access: it is one of allow, deny, but this is 'maybe'",
        "route: {weights: {blue: 0}} | route.weights gives no cluster any share: {blue=0}",
        "balance: {by: consistent-hash} | balance.key is missing",
      })
  void whatCannotBeIsRefusedWithASentenceThatSaysWhere(String rule, String sentence) {
    assertThatThrownBy(() -> policy("rules: [{" + rule + "}]"))
        .isInstanceOf(PolicyException.class)
        .hasMessage("test, line 1: " + sentence);
  }

  @Test
  void rulesThatAreImpossibleOnlyTogetherAreRefusedAsWell() {
    assertThatThrownBy(
            () ->
                policy(
                    """
                    rules:
                      - match: {from: feed-service}
                        retry: {first: 90ms}
                      - match: {to: user-service}
                        retry: {longest: 50ms}
                    """))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("test, line 3 and test, line 5")
        .hasMessageContaining("the first not above the longest");
  }

  private static CallPolicy policy(String document) {
    return table(document).policyOf(BATCH_GET);
  }

  private static PolicyTable table(String document) {
    return PolicyTable.DEFAULT.and(PolicyDocument.read("test", document));
  }
}
