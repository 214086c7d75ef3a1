package dev.headline.allinone.data;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The follows file: one friendship a line, as two person numbers with a blank between them. Lines
 * that begin with {@code %} or {@code #} are remarks.
 *
 * @param people the number of every person, ascending
 * @param friendships each once, whichever way round it was written
 * @param repeated how many lines said what an earlier line had said
 * @param badRows the lines that make no sense
 */
record FollowFile(
    SortedSet<Integer> people, Set<Friendship> friendships, int repeated, List<BadRow> badRows) {

  private static final Pattern BLANK = Pattern.compile("\\s+");

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

  /**
   * Two people who follow each other.
   *
   * @param lower the lower of their numbers
   * @param higher the higher one
   */
  record Friendship(int lower, int higher) {}

  /**
   * Reads a file.
   *
   * @param name the file's name, for messages
   * @param lines its lines
   */
  static FollowFile parse(String name, List<String> lines) {
    var people = new TreeSet<Integer>();
    var friendships = new LinkedHashSet<Friendship>();
    var bad = new ArrayList<BadRow>();
    int repeated = 0;
    for (int line = 0; line < lines.size(); line++) {
      String text = lines.get(line).strip();
      if (text.isEmpty() || text.startsWith("%") || text.startsWith("#")) {
        continue;
      }
      try {
        Friendship friendship = read(text);
        people.add(friendship.lower());
        people.add(friendship.higher());
        repeated += friendships.add(friendship) ? 0 : 1;
      } catch (IllegalArgumentException e) {
        bad.add(new BadRow(name, line + 1, String.valueOf(e.getMessage())));
      }
    }
    return new FollowFile(people, friendships, repeated, List.copyOf(bad));
  }

  private static Friendship read(String text) {
    List<String> words = BLANK.splitAsStream(text).toList();
    if (words.size() != 2) {
      throw new IllegalArgumentException("'%s' is not two people".formatted(text));
    }
    int one = person(words.getFirst());
    int other = person(words.getLast());
    if (one == other) {
      throw new IllegalArgumentException("person %d cannot follow themself".formatted(one));
    }
    return new Friendship(Math.min(one, other), Math.max(one, other));
  }

  private static int person(String text) {
    // Digits only: parseInt alone would take a sign.
    if (!DIGITS.matcher(text).matches()) {
      throw new IllegalArgumentException("'%s' is not a person's number".formatted(text));
    }
    return Integer.parseInt(text);
  }
}
