package dev.headline.gateway.http.query;

/** Numbers as clients write them. */
public final class Numbers {

  private Numbers() {}

  /**
   * Reads a positive number of plain ASCII digits without sign, spaces or leading zeros, so that
   * each number has one spelling.
   *
   * @return the number; -1 if it is none, or does not fit
   */
  public static long positive(String text) {
    if (text.isEmpty() || text.charAt(0) == '0') {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
