package dev.headline.allinone;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Writes text that came from elsewhere (failures, explanations, replies, titles) to a terminal,
 * which obeys what it should show: a control character can move the cursor over what was written
 * before, or give a window another name, and one that turns the direction of text makes it read
 * differently from what it is. Each is written as JSON escapes it, such as {@code \u001b}, so that
 * JSON stays the same JSON. Line ends and tabs stay.
 *
 * <p>All that a command prints goes through here, so that none has to think of it.
 *
 * @see <a href="https://www.unicode.org/reports/tr9/">UAX 9: the characters that turn text</a>
 */
final class HarmlessWriter extends FilterWriter {

  HarmlessWriter(Writer terminal) {
    super(terminal);
  }

  @Override
  public void write(int character) throws IOException {
    char c = (char) character;
    if (isHarmless(c)) {
      out.write(c);
    } else {
      out.write("\\u%04x".formatted(character));
    }
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(text[i]);
    }
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(text.charAt(i));
    }
  }

  private static boolean isHarmless(char c) {
    return c == '\n' || c == '\t' || !(Character.isISOControl(c) || turnsText(c));
  }

  private static boolean turnsText(char c) {
    return c == '\u061c'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
