package dev.headline.rpc.load;

import org.jspecify.annotations.Nullable;

/**
 * Something that can be loaded, by the name that clients ask for. The name says where it stands in
 * the answer: {@code Content.User_Info} belongs to {@code Content_Info}, and {@code
 * Content.Comment.User_Info} to {@code Content.Comment_Info}. What it needs to be loaded is another
 * matter, and said in the {@link LoadGraph}.
 *
 * <p>A field is meant to be a constant and is equal to itself only. So two fields cannot share a
 * name and disagree about the types, and reading a result needs no casts.
 *
 * @param <K> what its values are found by
 * @param <V> its values
 */
@SuppressWarnings("UnusedTypeParameter") // the types are for those who use the field
public final class Field<K, V> {

  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 64;

  private static final String OWNER_SUFFIX = "_Info";

  private final String name;

  private Field(String name) {
    this.name = name;
  }

  /**
   * A field.
   *
   * @param name segments of letters, digits and {@code _}, joined by dots; at most {@link
   *     #MAX_LENGTH} characters
   */
  public static <K, V> Field<K, V> of(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "A field is named by segments of letters, digits and '_', joined by dots, in at most "
              + "%d characters, but got '%s'".formatted(MAX_LENGTH, name));
    }
    return new Field<>(name);
  }

  /** The name that clients ask for. */
  public String name() {
    return name;
  }

  /** The name of the field in whose value this one stands; null for a root. */
  @Nullable String owner() {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? null : name.substring(0, dot) + OWNER_SUFFIX;
  }

  @Override
  public String toString() {
    return name;
  }

  private static boolean isName(String name) {
    boolean inSegment = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean dot = c == '.';
      if (dot ? !inSegment : !isLetter(c)) {
        return false;
      }
      inSegment = !dot;
    }
    return inSegment && name.length() <= MAX_LENGTH;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
