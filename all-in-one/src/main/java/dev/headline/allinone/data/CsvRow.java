package dev.headline.allinone.data;

import java.util.List;

/**
 * One row of a CSV file.
 *
 * @param line the line on which it starts; the first is 1
 * @param fields its fields, or none if its quotes make no sense
 */
record CsvRow(int line, List<String> fields) {

  CsvRow {
    fields = List.copyOf(fields);
  }
}
