package dev.headline.loadtest.experiment.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The child that reads pages. To {@code fingerprint} it answers with that of a page, and to a load
 * and milliseconds with a {@link Tally}.
 */
final class PageClient {

  private PageClient() {}

  public static void main(String... arguments) throws IOException {
    PageReader reader = Side.valueOf(arguments[0]).connect(Integer.parseInt(arguments[1]));
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String question; (question = questions.readLine()) != null; ) {
      System.out.println(answer(reader, question.split(" ", -1)));
    }
    System.exit(0);
  }

  private static String answer(PageReader reader, String[] question) {
    if (question[0].equals("fingerprint")) {
      return reader.read().fingerprint();
    }
    Load load = Load.parse(question[0], Integer.parseInt(question[1]));
    return load.apply(reader, Duration.ofMillis(Long.parseLong(question[2]))).toString();
  }
}
