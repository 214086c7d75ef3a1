package dev.headline.allinone.data;

import dev.headline.allinone.data.Dataset.Article;
import dev.headline.allinone.data.Dataset.Follow;
import dev.headline.allinone.data.Dataset.Person;
import dev.headline.allinone.data.Dataset.Remark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The made-up data of the demo: the same in every run, and as skewed as real news are. A few
 * articles have most of the likes and most of the comments, and a few people most of the followers.
 */
final class DemoData {

  static final int PEOPLE = 60;
  static final int ARTICLES = 400;

  private static final long SEED = 20_251_101;

  /**
   * The newest article is a little older than this, the oldest a month. Long ago, so that whatever
   * is imported later stands above it in the feed.
   */
  private static final Instant NEWEST = Instant.parse("2005-11-01T12:00:00Z");

  private static final Duration SPAN = Duration.ofDays(30);

  private static final int MOST_COMMENTS = 100;
  private static final int MOST_FOLLOWERS = 48;
  private static final int LEAST_FOLLOWERS = 3;
  // Exponents of Zipf's law.
  private static final double SKEW_OF_FOLLOWERS = 0.9;
  private static final double SKEW_OF_LIKES = 0.7;
  private static final double SKEW_OF_COMMENTS = 1;

  private final Random random = new Random(SEED);
  private final Grammar grammar = Grammar.load("/demo/grammar.txt");

  private DemoData() {}

  /** Makes the data up. */
  static Dataset generate() {
    var demo = new DemoData();
    List<Person> people = demo.people();
    List<Follow> follows = demo.follows();
    List<Article> articles = demo.articles();
    return new Dataset(people, follows, articles, demo.remarks(articles));
  }

  /** Every adjective with every animal. */
  private List<Person> people() {
    var people = new ArrayList<Person>();
    for (String animal : grammar.choices("animal")) {
      for (String adjective : grammar.choices("adjective")) {
        people.add(
            new Person(adjective + "-" + animal, capital(adjective) + " " + capital(animal)));
      }
    }
    return people.subList(0, PEOPLE);
  }

  /** The person at rank r has a following of Zipf's size, drawn from all the others. */
  private List<Follow> follows() {
    var follows = new ArrayList<Follow>();
    List<Integer> byRank = Draw.distinct(PEOPLE, PEOPLE, random);
    for (int rank = 1; rank <= PEOPLE; rank++) {
      int followee = byRank.get(rank - 1);
      int followers = Math.max(LEAST_FOLLOWERS, Draw.zipf(rank, MOST_FOLLOWERS, SKEW_OF_FOLLOWERS));
      for (int follower : Draw.distinct(followers, PEOPLE, random)) {
        if (follower != followee) {
          follows.add(new Follow(follower, followee));
        }
      }
    }
    return follows;
  }

  private List<Article> articles() {
    List<Integer> ranks = Draw.distinct(ARTICLES, ARTICLES, random);
    Set<String> titles = new HashSet<>();
    var articles = new ArrayList<Article>();
    for (int i = 0; i < ARTICLES; i++) {
      String title = grammar.say("title", random);
      while (!titles.add(title)) {
        title = grammar.say("title", random);
      }
      int likes = Draw.zipf(ranks.get(i) + 1, PEOPLE, SKEW_OF_LIKES);
      articles.add(
          new Article(
              "demo-article-" + i,
              random.nextInt(PEOPLE),
              capital(title),
              grammar.say("body", random),
              grammar.say("publisher", random),
              publishedAt(i),
              Draw.distinct(likes, PEOPLE, random)));
    }
    return articles;
  }

  /** Evenly over the span, newest last, give or take the time between two. */
  private Instant publishedAt(int article) {
    long step = SPAN.toMillis() / ARTICLES;
    return NEWEST.minusMillis((ARTICLES - article) * step - random.nextInt((int) step));
  }

  private List<Remark> remarks(List<Article> articles) {
    List<Integer> ranks = Draw.distinct(articles.size(), articles.size(), random);
    var remarks = new ArrayList<Remark>();
    for (int article = 0; article < articles.size(); article++) {
      int comments = Draw.zipf(ranks.get(article) + 1, MOST_COMMENTS, SKEW_OF_COMMENTS);
      Instant at = articles.get(article).publishedAt();
      for (int i = 0; i < comments; i++) {
        at = at.plusSeconds(60 + random.nextInt(3_600));
        String key = "demo-comment-%d-%d".formatted(article, i);
        remarks.add(remark(key, article, at, ""));
        // The first comments are read, and answered, most.
        int replies = random.nextInt(1 + Draw.zipf(i + 1, 5, 1));
        for (int reply = 0; reply < replies; reply++) {
          remarks.add(
              remark(
                  "%s-%d".formatted(key, reply), article, at.plusSeconds(30L + 60L * reply), key));
        }
      }
    }
    return remarks;
  }

  private Remark remark(String key, int article, Instant at, String answers) {
    String text = grammar.say(answers.isEmpty() ? "comment" : "reply", random);
    return new Remark(key, article, random.nextInt(PEOPLE), text, at, answers);
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
