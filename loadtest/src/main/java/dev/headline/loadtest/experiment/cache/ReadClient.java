package dev.headline.loadtest.experiment.cache;

import dev.headline.content.v1.Content;
import dev.headline.loadtest.experiment.child.Latencies;
import dev.headline.loadtest.experiment.child.OpenLoop;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The child that reads pages. Its arguments are an {@link Arm} and {@link Places}. It is asked:
 *
 * <ul>
 *   <li>{@code age RATE SEED}, and answers when that is done;
 *   <li>{@code read RATE MILLISECONDS SEED}, and answers with {@link Latencies};
 *   <li>{@code fingerprint SEED}, and answers with that of some pages.
 * </ul>
 */
final class ReadClient {

  static final Caller CALLER = new Caller("gateway", CallKey.DEFAULT_CLUSTER);

  private static final Duration BUDGET = Duration.ofMillis(800);
  private static final int FINGERPRINTED = 50;

  private final Reader reader;

  private ReadClient(Reader reader) {
    this.reader = reader;
  }

  public static void main(String... arguments) throws IOException {
    var client = new ReadClient(Arm.valueOf(arguments[0]).open(Places.parse(arguments[1])));
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String question; (question = questions.readLine()) != null; ) {
      System.out.println(client.answer(question.split(" ", -1)));
    }
    System.exit(0);
  }

  private String answer(String[] question) {
    long seed = Long.parseLong(question[question.length - 1]);
    switch (question[0]) {
      case "fingerprint" -> {
        return Integer.toHexString(fingerprint(new Pages(seed)));
      }
      case "age" -> {
        reader.age(Integer.parseInt(question[1]), seed);
        return "aged";
      }
      default -> {
        Duration time = Duration.ofMillis(Long.parseLong(question[2]));
        return read(Integer.parseInt(question[1]), time, new Pages(seed)).toString();
      }
    }
  }

  private Latencies read(int perSecond, Duration time, Pages pages) {
    return OpenLoop.run(
        perSecond,
        time,
        () -> {
          Set<Long> page = pages.next();
          return () -> read(page);
        });
  }

  /** The page's contents by id; a page that lacks one has failed. */
  private Map<Long, Content> read(Set<Long> page) {
    try (var scope = RequestContext.open(CALLER, BUDGET)) {
      var found = new TreeMap<>(scope.context().call(() -> reader.read(page)));
      if (found.size() != page.size()) {
        throw new IllegalStateException("Only %d of %s".formatted(found.size(), page));
      }
      return found;
    }
  }

  private int fingerprint(Pages pages) {
    int hash = 1;
    for (int i = 0; i < FINGERPRINTED; i++) {
      for (Content content : read(pages.next()).values()) {
        hash = 31 * hash + Arrays.hashCode(content.toByteArray());
      }
    }
    return hash;
  }
}
