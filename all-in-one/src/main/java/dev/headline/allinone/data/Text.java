package dev.headline.allinone.data;

/** What the importer knows about characters. */
final class Text {

  private Text() {}

  /** Without the blanks around it, whatever Unicode calls blank: no-break spaces too. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** How many characters a person would count at most: code points, as the contracts count. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  // String.strip() leaves no-break spaces, of which titles copied from web pages are full.
  private static boolean isBlank(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }
}
