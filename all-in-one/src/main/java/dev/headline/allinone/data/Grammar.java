package dev.headline.allinone.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes up sentences from a list of words. A line {@code name = one | other {place}} says what may
 * stand for {@code {name}}; {@code {Name}} is the same with a capital. The idea is that of
 * Tracery's grammars.
 */
final class Grammar {

  private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
  private static final Pattern BAR = Pattern.compile("\\s*\\|\\s*");

  private final Map<String, List<String>> rules;

  private Grammar(Map<String, List<String>> rules) {
    this.rules = Map.copyOf(rules);
  }

  /** Reads a grammar from the class path. */
  static Grammar load(String resource) {
    try (InputStream in = Grammar.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + resource + " on the class path");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + resource, e);
    }
  }

  /** Reads a grammar; lines that begin with {@code #} are remarks. */
  static Grammar parse(String text) {
    Map<String, List<String>> rules = new HashMap<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("#")) {
        int equals = line.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("'%s' is not name = text".formatted(line));
        }
        rules.put(
            line.substring(0, equals).strip(),
            BAR.splitAsStream(line.substring(equals + 1).strip()).toList());
      }
    }
    return new Grammar(rules);
  }

  /** All that may stand for a name. */
  List<String> choices(String name) {
    List<String> choices = rules.get(name);
    if (choices == null) {
      throw new IllegalArgumentException("The grammar has no '%s'".formatted(name));
    }
    return choices;
  }

  /** Something that may stand for a name, with every slot filled. */
  String say(String name, Random random) {
    List<String> choices = choices(name);
    Matcher slot = SLOT.matcher(choices.get(random.nextInt(choices.size())));
    return slot.replaceAll(found -> Matcher.quoteReplacement(fill(found.group(1), random)));
  }

  private String fill(String name, Random random) {
    char initial = name.charAt(0);
    if (Character.isLowerCase(initial)) {
      return say(name, random);
    }
    String text = say(Character.toLowerCase(initial) + name.substring(1), random);
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
