package dev.headline.loadtest.experiment.child;

import dev.headline.loadtest.experiment.judge.ExperimentException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that an experiment starts, so that what it costs is not mixed with anything else. It is
 * asked and answers in lines. It ends when its standard input does, so it cannot outlive whoever
 * started it. For one thread.
 */
public final class Child implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(5);

  private final String name;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    this.questions = process.outputWriter();
    this.answers = process.inputReader();
  }

  /**
   * Starts a JVM with the flags of a service and the class path of this one.
   *
   * @param main its main class
   * @param arguments what that is given
   */
  public static Child start(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    try {
      return new Child(
          main.getSimpleName(),
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException("No JVM could be started", e);
    }
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param question one line
   */
  public String ask(String question) {
    try {
      questions.write(question);
      questions.newLine();
      questions.flush();
    } catch (IOException e) {
      throw new ExperimentException(name + " has ended; above it says why", e);
    }
    return answer();
  }

  /** Waits for the next line that the child says. */
  public String answer() {
    try {
      String line = answers.readLine();
      if (line == null) {
        throw new ExperimentException(name + " has ended; above it says why");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be heard", e);
    }
  }

  /** What its threads have used so far, in user and in system mode. */
  public Duration cpu() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new ExperimentException("This system does not tell what a JVM uses"));
  }

  /** Ends it, and returns when it has ended. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // It has ended already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
