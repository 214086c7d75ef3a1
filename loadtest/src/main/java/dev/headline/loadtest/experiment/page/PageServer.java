package dev.headline.loadtest.experiment.page;

import java.io.IOException;

/** The child that serves pages; says its port and ends with its standard input. */
final class PageServer {

  private PageServer() {}

  public static void main(String... arguments) throws IOException {
    System.out.println(Side.valueOf(arguments[0]).serve());
    while (System.in.read() >= 0) {
      // Only the end is of interest.
    }
    System.exit(0);
  }
}
