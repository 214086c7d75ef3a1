package dev.headline.data.lag;

import dev.headline.data.lag.Standing.Measured;
import dev.headline.data.lag.Standing.Unknown;
import java.sql.SQLException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one node stands now, by what its watch hears. Written by one thread, read by many. */
final class Watched {

  private static final Logger log = LoggerFactory.getLogger(Watched.class);

  private final String name;
  private final Function<Reading, Standing> meaning;
  private final Runnable lost;
  private volatile Standing standing = new Unknown("It has not been asked yet");

  /**
   * @param meaning of an answer
   * @param lost runs each time it stops answering
   */
  Watched(String name, Function<Reading, Standing> meaning, Runnable lost) {
    this.name = name;
    this.meaning = meaning;
    this.lost = lost;
  }

  Standing standing() {
    return standing;
  }

  void hear(Reading reading) {
    publish(meaning.apply(reading));
  }

  // What the server said is for the log; a standing is shown to people who may not read that.
  void lose(SQLException failure) {
    String state = failure.getSQLState();
    boolean was = standing instanceof Measured;
    publish(new Unknown("It does not answer, with SQL state " + (state == null ? "none" : state)));
    if (was) {
      lost.run();
    }
  }

  private void publish(Standing now) {
    boolean changed = now.getClass() != standing.getClass();
    standing = now;
    if (changed) {
      log.info("Database node {}: {}", name, now);
    }
  }
}
