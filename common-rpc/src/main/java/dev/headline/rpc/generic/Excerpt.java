package dev.headline.rpc.generic;

import java.util.regex.Pattern;

/** What somebody wrote, short enough for a sentence. */
final class Excerpt {

  private static final int LONGEST = 60;
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private Excerpt() {}

  /** The text, or its beginning if it has more than 60 characters, on one line. */
  static String of(String text) {
    String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return CONTROL.matcher(start).replaceAll("�");
  }
}
