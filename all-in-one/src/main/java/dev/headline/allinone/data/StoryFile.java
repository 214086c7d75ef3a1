package dev.headline.allinone.data;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stories file: {@code published_at,likes,publisher,title}, in RFC 4180, with that header.
 *
 * @param stories the rows that can go in
 * @param badRows those that cannot
 */
record StoryFile(List<Story> stories, List<BadRow> badRows) {

  private static final List<String> HEADER = List.of("published_at", "likes", "publisher", "title");

  /** The limits of content-service. */
  private static final int LONGEST_TITLE = 300;

  private static final int LONGEST_PUBLISHER = 255;

  /**
   * Reads a file.
   *
   * @param name the file's name, for messages
   * @param lines its lines
   * @param people how many people there are: nothing can have more likes
   * @throws IllegalArgumentException if it is not a file of this kind at all
   */
  static StoryFile parse(String name, List<String> lines, int people) {
    List<CsvRow> rows = CsvRows.of(lines);
    if (rows.isEmpty() || !HEADER.equals(rows.getFirst().fields())) {
      throw new IllegalArgumentException(
          "%s must begin with the line %s".formatted(name, String.join(",", HEADER)));
    }
    var stories = new ArrayList<Story>();
    var bad = new ArrayList<BadRow>();
    Map<StableHash, Integer> seen = new HashMap<>();
    for (CsvRow row : rows.subList(1, rows.size())) {
      try {
        Story story = read(row, people);
        int occurrence = seen.merge(story.hash(), 1, Integer::sum);
        stories.add(occurrence == 1 ? story : again(story, occurrence));
      } catch (IllegalArgumentException e) {
        bad.add(new BadRow(name, row.line(), String.valueOf(e.getMessage())));
      }
    }
    return new StoryFile(List.copyOf(stories), List.copyOf(bad));
  }

  private static Story read(CsvRow row, int people) {
    check(!row.fields().isEmpty(), "the quotes make no sense");
    check(
        row.fields().size() == HEADER.size(),
        "it has %d fields instead of %d".formatted(row.fields().size(), HEADER.size()));
    check(row.fields().stream().noneMatch(field -> field.contains("\0")), "it holds a zero byte");
    String publisher = Text.trim(row.fields().get(2));
    String title = Text.trim(row.fields().get(3));
    check(!title.isEmpty(), "the title is empty");
    check(
        Text.length(title) <= LONGEST_TITLE,
        "the title has %d characters, over %d".formatted(Text.length(title), LONGEST_TITLE));
    check(
        Text.length(publisher) <= LONGEST_PUBLISHER,
        "the publisher has %d characters, over %d"
            .formatted(Text.length(publisher), LONGEST_PUBLISHER));
    return new Story(
        row.line(),
        date(row.fields().get(0)),
        likes(row.fields().get(1), people),
        publisher,
        title,
        1);
  }

  private static Instant date(String text) {
    try {
      return Instant.parse(text.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'%s' is not a date".formatted(text), e);
    }
  }

  private static int likes(String text, int people) {
    int likes;
    try {
      likes = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is not a number of likes".formatted(text), e);
    }
    check(likes >= 0, "%d likes are less than none".formatted(likes));
    check(likes <= people, "%d likes by %d people".formatted(likes, people));
    return likes;
  }

  private static Story again(Story story, int occurrence) {
    return new Story(
        story.line(),
        story.publishedAt(),
        story.likes(),
        story.publisher(),
        story.title(),
        occurrence);
  }

  private static void check(boolean valid, String reason) {
    if (!valid) {
      throw new IllegalArgumentException(reason);
    }
  }
}
