package dev.headline.allinone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvRowsTest {

  @Test
  void quotesHoldCommasQuotesAndLineBreaks() {
    assertThat(rows("a,\"b,c\",\"say \"\"yes\"\"\"", "d,\"one", "two\",e"))
        .containsExactly(
            new CsvRow(1, List.of("a", "b,c", "say \"yes\"")),
            new CsvRow(2, List.of("d", "one\ntwo", "e")));
  }

  @Test
  void blanksInAFieldStay() {
    assertThat(rows(" a ,\" b \"")).containsExactly(new CsvRow(1, List.of(" a ", " b ")));
  }

  @Test
  void aLineCountsWhereItsRowStarts() {
    assertThat(rows("a", "", "\"b", "b\"", "c")).extracting(CsvRow::line).containsExactly(1, 3, 5);
  }

  @Test
  void aQuoteInsideAFieldIsJustACharacter() {
    assertThat(rows("a 5\" disk,b", "c,d"))
        .containsExactly(
            new CsvRow(1, List.of("a 5\" disk", "b")), new CsvRow(2, List.of("c", "d")));
  }

  @Test
  void aQuoteThatNobodyClosesCostsOneLine() {
    assertThat(rows("a,\"b", "c,d", "e,f"))
        .containsExactly(
            new CsvRow(1, List.of()),
            new CsvRow(2, List.of("c", "d")),
            new CsvRow(3, List.of("e", "f")));
  }

  @Test
  void textBehindAClosingQuoteCostsOneLine() {
    assertThat(rows("a,\"b\"c", "d,e"))
        .containsExactly(new CsvRow(1, List.of()), new CsvRow(2, List.of("d", "e")));
  }

  private static List<CsvRow> rows(String... lines) {
    return CsvRows.of(List.of(lines));
  }
}
