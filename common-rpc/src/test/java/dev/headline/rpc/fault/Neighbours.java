package dev.headline.rpc.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * How much of this machine's processor time goes to processes that are not this test's: neither
 * this JVM nor what it has started. It is what a promise that is broken may be excused with,
 * because nothing that is under test can bring it about. As Linux counts; elsewhere it is nothing,
 * and nothing is excused.
 *
 * @param busy what all processes had used when the watch began, in ticks of the kernel
 * @param ours what of that was this test's
 * @param all what there was to use
 */
record Neighbours(long busy, long ours, long all) {

  private static final Path PROC = Path.of("/proc");

  /** Begins to watch. */
  static Neighbours watch() {
    long ours = ofThisTest();
    long[] machine = numbers(PROC.resolve("stat"), "cpu ");
    long busy = 0;
    long all = 0;
    for (int kind = 0; kind < machine.length; kind++) {
      // User, nice, system and stolen. Interrupts are nobody's: most of them are for this test.
      busy += kind <= 2 || kind == 7 ? machine[kind] : 0;
      // The two after that are guests, who are in user already.
      all += kind <= 7 ? machine[kind] : 0;
    }
    return new Neighbours(busy, ours, all);
  }

  /** The share of the machine that they have had since the watch began, 0 to 1. */
  double share() {
    Neighbours now = watch();
    long theirs = (now.busy - busy) - (now.ours - ours);
    return now.all == all ? 0 : Math.clamp((double) theirs / (now.all - all), 0, 1);
  }

  private static long ofThisTest() {
    ProcessHandle self = ProcessHandle.current();
    return Stream.concat(Stream.of(self), self.descendants())
        .mapToLong(process -> used(process.pid()))
        .sum();
  }

  /** What a process has used, and those of its children that have ended. */
  private static long used(long pid) {
    long[] numbers = numbers(PROC.resolve(Long.toString(pid)).resolve("stat"), ") ");
    // After the name come the state, ten more, and the four times of proc(5).
    return numbers.length < 15 ? 0 : numbers[11] + numbers[12] + numbers[13] + numbers[14];
  }

  /** The numbers of a file's first line after the last such mark; none if it cannot be read. */
  private static long[] numbers(Path file, String after) {
    try (Stream<String> lines = Files.lines(file)) {
      String line = lines.findFirst().orElse("");
      int from = line.lastIndexOf(after) + after.length();
      return Stream.of(line.substring(from).strip().split(" +", -1))
          .mapToLong(word -> word.matches("-?\\d{1,18}") ? Long.parseLong(word) : 0)
          .toArray();
    } catch (IOException elsewhere) {
      return new long[0];
    }
  }
}
