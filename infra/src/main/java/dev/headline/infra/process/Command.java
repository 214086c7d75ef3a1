package dev.headline.infra.process;

import dev.headline.infra.InfraException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short program to its end. */
public final class Command {

  private Command() {}

  /**
   * How a program ended.
   *
   * @param status its exit status
   * @param output what it wrote, standard output and errors together
   */
  public record Result(int status, String output) {

    /** Whether it says that it succeeded. */
    public boolean succeeded() {
      return status == 0;
    }
  }

  /**
   * Runs it in the root folder, which everybody may enter, and waits for it. Its output goes
   * through a file: who waits for the end of a pipe waits for everybody it was handed on to.
   *
   * @throws InfraException if it cannot be started or does not end in time; it is then killed, with
   *     all that it has started
   */
  public static Result run(Duration limit, List<String> line) {
    String program = line.getFirst();
    try {
      Path output = Files.createTempFile("headline-output-", null);
      try {
        int status = run(limit, program, start(line, output));
        String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
        return new Result(status, text.strip());
      } finally {
        Files.delete(output);
      }
    } catch (IOException failure) {
      throw new InfraException("cannot run " + program, failure);
    }
  }

  private static Process start(List<String> line, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    // What initdb would rather obey than what it is told.
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    return builder.start();
  }

  private static int run(Duration limit, String program, Process process) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
      kill(process);
      throw new InfraException("%s did not end within %d ms".formatted(program, limit.toMillis()));
    } catch (InterruptedException interrupted) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new InfraException("interrupted while running " + program, interrupted);
    }
  }

  private static void kill(Process process) {
    // Listed first, because nobody knows whose children they were once it is gone.
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
