package dev.headline.loadtest.experiment.page;

import dev.headline.loadtest.experiment.child.Pacer;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;

/** How pages are asked for. Its text is what {@link #parse} reads. */
sealed interface Load {

  /**
   * At a rate, whether or not the pages before have come.
   *
   * @param pagesPerSecond the rate
   */
  record Fixed(int pagesPerSecond) implements Load {

    @Override
    public Tally apply(PageReader reader, Duration time) {
      var tally = new Tallying(reader);
      Pacer.pace(
          pagesPerSecond,
          time,
          _ -> {
            tally.begin();
            Thread.startVirtualThread(tally::readOne);
          });
      return tally.end();
    }

    @Override
    public String toString() {
      return "fixed " + pagesPerSecond;
    }
  }

  /**
   * As many as can be had: each reader asks for its next page once it has one.
   *
   * @param readers how many there are
   */
  record Saturated(int readers) implements Load {

    @Override
    public Tally apply(PageReader reader, Duration time) {
      long end = System.nanoTime() + time.toNanos();
      var tally = new Tallying(reader);
      for (int i = 0; i < readers; i++) {
        tally.begin();
        Thread.startVirtualThread(() -> tally.readUntil(end));
      }
      return tally.end();
    }

    @Override
    public String toString() {
      return "saturated " + readers;
    }
  }

  /** Reads pages for some time, and returns once all have come. */
  Tally apply(PageReader reader, Duration time);

  /** Reads a load's text. */
  static Load parse(String kind, int number) {
    return switch (kind) {
      case "fixed" -> new Fixed(number);
      case "saturated" -> new Saturated(number);
      default -> throw new IllegalArgumentException("No such load: " + kind);
    };
  }

  /** Counts while it reads. */
  final class Tallying {

    private final PageReader reader;
    private final LongAdder pages = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Phaser open = new Phaser(1);

    private Tallying(PageReader reader) {
      this.reader = reader;
    }

    private void begin() {
      open.register();
    }

    private void readOne() {
      readUntil(Long.MIN_VALUE);
    }

    // A reader that ends must not keep whoever waits for it, whatever ended it.
    private void readUntil(long end) {
      try {
        do {
          read();
        } while (end != Long.MIN_VALUE && System.nanoTime() - end < 0);
      } finally {
        open.arriveAndDeregister();
      }
    }

    private void read() {
      try {
        reader.read();
        pages.increment();
      } catch (RuntimeException e) {
        errors.increment();
      }
    }

    private Tally end() {
      open.arriveAndAwaitAdvance();
      return new Tally(pages.sum(), errors.sum());
    }
  }
}
