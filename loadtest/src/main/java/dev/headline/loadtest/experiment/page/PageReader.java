package dev.headline.loadtest.experiment.page;

/** Reads pages. Safe for many threads. */
@FunctionalInterface
interface PageReader {

  /**
   * Reads one, by three calls in parallel. Blocks the virtual thread until all have been answered.
   *
   * @throws RuntimeException if one has not
   */
  Page read();
}
