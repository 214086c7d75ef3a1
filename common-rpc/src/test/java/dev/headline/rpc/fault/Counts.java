package dev.headline.rpc.fault;

/**
 * What an instance has seen since it started.
 *
 * @param arrived calls that reached its chain, whatever became of them
 * @param begun calls that reached the handler
 * @param finished calls whose work was done
 */
record Counts(long arrived, long begun, long finished) {

  /** What has come since an earlier look. */
  Counts since(Counts before) {
    return new Counts(arrived - before.arrived, begun - before.begun, finished - before.finished);
  }

  Counts plus(Counts other) {
    return new Counts(arrived + other.arrived, begun + other.begun, finished + other.finished);
  }

  String format() {
    return arrived + " " + begun + " " + finished;
  }

  static Counts parse(String text) {
    String[] words = text.split(" ", -1);
    return new Counts(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
  }
}
