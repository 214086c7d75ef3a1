package dev.headline.infra.process;

import dev.headline.infra.InfraException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One start of one program, under a guard: a few lines of bash that hold the other end of a pipe to
 * this JVM and stop the program when the pipe ends. The kernel ends it however this JVM dies, so no
 * shutdown hook is needed and {@code kill -9} leaves no orphan.
 */
public final class ChildProcess {

  private static final String GUARD = Resources.text("supervise.sh");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Launch launch;
  private final Process guard;
  private final long pid;

  private ChildProcess(Launch launch, Process guard, long pid) {
    this.launch = launch;
    this.guard = guard;
    this.pid = pid;
  }

  /**
   * Starts the program and returns at once; see {@link #awaitReady}.
   *
   * @throws InfraException if there is no bash or the log cannot be written
   */
  public static ChildProcess start(Launch launch) {
    String grace = Long.toString(launch.grace().toSeconds());
    List<String> line =
        new ArrayList<>(
            List.of("bash", "-c", GUARD, "supervise", launch.stopSignal().name(), grace));
    line.addAll(launch.account().command(launch.command()));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(Path.of("/").toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
      builder.environment().keySet().removeIf(launch::withholds);
      Process guard = builder.start();
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII));
      String pid = output.readLine();
      if (pid == null) {
        throw new InfraException(launch.name() + " did not start" + LogTail.of(launch.log()));
      }
      return new ChildProcess(launch, guard, Long.parseLong(pid));
    } catch (IOException failure) {
      throw new InfraException("cannot start " + launch.name(), failure);
    }
  }

  /** The program's process id. */
  public long pid() {
    return pid;
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return guard.isAlive() && ProcessTree.exists(pid);
  }

  /**
   * Blocks until the server answers.
   *
   * @throws InfraException with the end of its log if it ends, or is not ready in time
   */
  public void awaitReady(Duration limit, BooleanSupplier ready) {
    boolean decided = Await.within(limit, () -> !isAlive() || ready.getAsBoolean());
    if (!isAlive()) {
      throw new InfraException(
          launch.name() + " ended before it was ready" + LogTail.of(launch.log()));
    }
    if (!decided) {
      throw new InfraException(
          "%s was not ready within %d s".formatted(launch.name(), limit.toSeconds())
              + LogTail.of(launch.log()));
    }
  }

  /** SIGSTOP for it and its children. Does nothing if it has ended. */
  public void pause() {
    ProcessTree.signal("STOP", family());
  }

  /** SIGCONT for it and its children. Does nothing if it has ended. */
  public void resume() {
    ProcessTree.signal("CONT", family());
  }

  /** SIGKILL for it and its children; blocks until all are gone. Does nothing if it has ended. */
  public void kill() {
    List<Long> family = family();
    ProcessTree.signal("KILL", family);
    if (!Await.within(LIMIT, () -> family.stream().noneMatch(ProcessTree::exists))) {
      throw new InfraException(launch.name() + " survives SIGKILL, pids " + family);
    }
    awaitGuard(LIMIT);
  }

  /** None if it has ended: another process may have its number by now. */
  private List<Long> family() {
    return isAlive() ? ProcessTree.of(pid) : List.of();
  }

  /** Asks it to stop, and kills it when its grace is over. Does nothing if it has ended. */
  public void stop() {
    List<Long> family = family();
    try {
      guard.getOutputStream().close();
    } catch (IOException alreadyClosed) {
      // The guard has ended, and the program before it: the wait below returns at once.
    }
    if (awaitGuard(launch.grace().plus(LIMIT))) {
      return;
    }
    ProcessTree.signal("KILL", family);
    awaitGuard(LIMIT);
  }

  private boolean awaitGuard(Duration limit) {
    try {
      return guard.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InfraException("interrupted while stopping " + launch.name(), interrupted);
    }
  }
}
