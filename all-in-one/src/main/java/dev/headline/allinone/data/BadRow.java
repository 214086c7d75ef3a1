package dev.headline.allinone.data;

/**
 * A row that cannot go in.
 *
 * @param file the file's name
 * @param line the line on which the row starts; the first is 1
 * @param reason what is wrong with it
 */
record BadRow(String file, int line, String reason) {

  @Override
  public String toString() {
    return "%s:%d: %s".formatted(file, line, reason);
  }
}
