package dev.headline.allinone.data;

import java.time.Instant;

/**
 * One valid row of the stories file.
 *
 * @param line the line on which the row starts
 * @param publishedAt when
 * @param likes how many people like it; 0 or more
 * @param publisher the site it points to; may be empty
 * @param title 1 to 300 characters, without blanks around them
 * @param occurrence 1 for the first row that says this, 2 for one that says the same again, …
 */
record Story(
    int line, Instant publishedAt, int likes, String publisher, String title, int occurrence) {

  /** Tells this story from all others, and is the same in every load of the same file. */
  String key() {
    return "story-" + hash().hex() + "-" + occurrence;
  }

  /** What the row says, as a number. */
  StableHash hash() {
    return StableHash.of(publishedAt.toString(), Integer.toString(likes), publisher, title);
  }
}
