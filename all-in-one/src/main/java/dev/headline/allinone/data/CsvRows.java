package dev.headline.allinone.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Splits a file into the rows of RFC 4180, one row at a time, so that a stray quote costs one line.
 * A parser that reads the whole file would take all that follows such a quote for one field.
 */
final class CsvRows {

  /** A quoted field that goes on for longer than this is a quote that nobody closed. */
  private static final int MOST_LINES = 50;

  private final List<String> lines;
  private int next;

  private CsvRows(List<String> lines) {
    this.lines = lines;
  }

  /** The rows of a file with these lines; empty lines are none. */
  static List<CsvRow> of(List<String> lines) {
    var reader = new CsvRows(lines);
    var rows = new ArrayList<CsvRow>();
    while (reader.next < lines.size()) {
      if (lines.get(reader.next).isBlank()) {
        reader.next++;
      } else {
        rows.add(reader.read());
      }
    }
    return rows;
  }

  private CsvRow read() {
    int first = next;
    int last = lastLineOfRow(first);
    List<String> fields = parse(String.join("\n", lines.subList(first, last + 1)));
    if (fields.isEmpty() && last > first) {
      // Not a row of several lines after all: the quote was a stray one, in this line or a later.
      last = first;
      fields = parse(lines.get(first));
    }
    next = last + 1;
    return new CsvRow(first + 1, fields);
  }

  /** A row ends with the first line that leaves no quote open. */
  private int lastLineOfRow(int first) {
    boolean open = false;
    for (int line = first; line < lines.size() && line - first < MOST_LINES; line++) {
      open ^= lines.get(line).chars().filter(character -> character == '"').count() % 2 == 1;
      if (!open) {
        return line;
      }
    }
    return first;
  }

  /** The fields, or none if the text is not exactly one row. */
  private static List<String> parse(String text) {
    try (CSVParser parser = CSVParser.parse(text, CSVFormat.RFC4180)) {
      List<CSVRecord> records = parser.getRecords();
      return records.size() == 1 ? records.getFirst().toList() : List.of();
    } catch (IOException | UncheckedIOException _) {
      // Both are how commons-csv says that the quotes make no sense; there is no file behind it.
      return List.of();
    }
  }
}
