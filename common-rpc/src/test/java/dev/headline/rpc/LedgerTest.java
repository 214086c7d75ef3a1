package dev.headline.rpc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

  private static final List<RpcCode> OUTCOMES = List.of(RpcCode.values());
  private static final Ledger USERS = new Ledger(780_000, 780_100, 780_100, List.of(), 0);
  private static final Ledger CONTENT =
      new Ledger(
          790_000,
          785_300,
          5_200,
          List.of(
              new Ledger.Entry(
                  "user-service/default/BatchGet", 2, 780_100, RpcCode.DEADLINE_EXCEEDED, USERS),
              new Ledger.Entry("comment-service/blue/List", 0, 12_000, null, null)),
          3);

  @Test
  void itsTextIsShortAndTellsAll() {
    assertThat(CONTENT.format())
        .isEqualTo(
            "790000 785300 5200"
                + "[user-service/default/BatchGet 2 780100 4[780000 780100 780100]]"
                + "[comment-service/blue/List 0 12000 -][+3]");
    assertThat(Ledger.read(CONTENT.format())).isEqualTo(CONTENT);
  }

  @Test
  void itsSentenceIsForPeople() {
    assertThat(CONTENT.sentence())
        .isEqualTo(
            "790.0 ms given, 785.3 ms spent, 5.2 ms of it here; user-service/default/BatchGet"
                + " 780.1 ms in 2 attempts, DEADLINE_EXCEEDED (780.0 ms given, 780.1 ms spent,"
                + " 780.1 ms of it here); comment-service/blue/List 12.0 ms in 0 attempts,"
                + " still out; and 3 more");
  }

  @Test
  void whatRemainsIsNegativeOnceItIsOverrun() {
    assertThat(CONTENT.remaining()).isEqualTo(4_700);
    assertThat(USERS.remaining()).isEqualTo(-100);
  }

  @Test
  void whateverIsInItTheTextFitsAndIsReadAgain() {
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      Ledger ledger = random(random, random.nextInt(7), 1 + random.nextInt(40));
      String text = ledger.format();

      assertThat(text.length()).isLessThanOrEqualTo(2_048);
      Ledger read = requireNonNull(Ledger.read(text));
      assertThat(read.format()).isEqualTo(text);
      assertThat(read.spent()).isEqualTo(ledger.spent());
      assertThat(read.calls().size() + read.omitted())
          .isEqualTo(ledger.calls().size() + ledger.omitted());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1 2",
        "1 2 3 ",
        "1 2 3[",
        "1 2 3[]",
        "-2 2 3",
        "1 2 3[a/b/C 1 2 3",
        "1 2 3[a/b/C 1 2 3[1 2 3]",
        "1 2 3[a/b/C 1 2 3[]]",
        "1 2 3[a/b/C 1 2 3[]",
        "1 2 3[A/b/C 1 2 3]",
        "1 2 3[a/b/C 1 2 x]",
        "1 2 3[+1][a/b/C 1 2 3]",
        "9999999999999999 2 3"
      })
  void aTextThatNobodyWritesIsNoLedger(String text) {
    assertThat(Ledger.read(text)).isNull();
  }

  @Test
  void aTextThatIsTooDeepOrTooLongIsNoLedger() {
    String deep = "1 2 3" + "[a/b/C 1 2 3[1 2 3".repeat(60) + "]]".repeat(60);

    assertThat(Ledger.read(deep)).isNull();
    assertThat(Ledger.read("1 2 3" + "[a/b/C 1 2 3]".repeat(400))).isNull();
  }

  private static Ledger random(Random random, int depth, int width) {
    List<Ledger.Entry> calls = new ArrayList<>();
    int count = depth == 0 ? 0 : random.nextInt(width);
    for (int i = 0; i < count; i++) {
      Ledger within = random.nextInt(3) == 0 ? random(random, depth - 1, width / 2 + 1) : null;
      RpcCode outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
      calls.add(
          new Ledger.Entry(
              "service-%d/default/Method%d".formatted(i, i),
              random.nextInt(4),
              random.nextLong(1_000_000_000),
              outcome,
              within));
    }
    return new Ledger(
        random.nextLong(1_000_000),
        random.nextLong(1_000_000),
        random.nextLong(1_000_000),
        calls,
        random.nextInt(3));
  }
}
