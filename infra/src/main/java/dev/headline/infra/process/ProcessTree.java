package dev.headline.infra.process;

import dev.headline.infra.InfraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A process and its children, by process id. The JVM's own API knows no signal but TERM and KILL.
 */
final class ProcessTree {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private ProcessTree() {}

  /** The process and everything below it, the process first. */
  static List<Long> of(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(root -> Stream.concat(Stream.of(root), root.descendants()))
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Sends the signal to all; those that are gone already are passed over. */
  static void signal(String signal, List<Long> pids) {
    if (pids.isEmpty()) {
      return;
    }
    List<String> line = new ArrayList<>(List.of("bash", "-c", "kill -s \"$@\"", "kill", signal));
    pids.forEach(pid -> line.add(Long.toString(pid)));
    Command.Result result = Command.run(LIMIT, line);
    if (!result.succeeded() && pids.stream().anyMatch(ProcessTree::exists)) {
      throw new InfraException("cannot send SIG" + signal + ": " + result.output());
    }
  }

  /**
   * Whether the process still does something. One that has ended but was never waited for (where a
   * container's first process does not reap) does not count.
   */
  static boolean exists(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException gone) {
      return false;
    }
  }
}
