package dev.headline.loadtest.experiment;

import dev.headline.loadtest.experiment.judge.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Findings as a table that people read. */
final class Report {

  private static final List<String> HEAD = List.of("claim", "bound", "measured", "verdict");

  private Report() {}

  static String table(List<Finding> findings) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEAD);
    for (Finding finding : findings) {
      rows.add(
          List.of(
              finding.claim(), finding.bound(), finding.measured(), finding.verdict().toString()));
    }
    List<Integer> widths =
        IntStream.range(0, HEAD.size())
            .mapToObj(
                column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toList();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
  }

  private static String line(List<String> row, List<Integer> widths) {
    var line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(row.get(column))
          .append(" ".repeat(widths.get(column) - row.get(column).length() + 2));
    }
    return line.toString().stripTrailing() + "\n";
  }
}
