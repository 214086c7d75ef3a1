package dev.headline.infra.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.InfraException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Path log;

  ChildProcessTest(@TempDir Path folder) {
    log = folder.resolve("log");
  }

  @Test
  void aProgramIsAskedToStopByItsOwnSignal() throws IOException {
    ChildProcess process =
        start("trap 'echo asked; exit' TERM; echo ready; while :; do sleep 0.05; done");
    process.awaitReady(LIMIT, this::saysReady);

    process.stop();

    assertThat(Files.readString(log)).contains("asked");
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aProgramThatIgnoresTheSignalIsKilledWhenItsGraceIsOver() {
    ChildProcess process = start("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    process.awaitReady(LIMIT, this::saysReady);
    long start = System.nanoTime();

    process.stop();

    assertThat(process.isAlive()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(900), Duration.ofSeconds(8));
  }

  @Test
  void aProgramThatEndsEarlyIsReportedWithItsLastWords() {
    ChildProcess process = start("echo no such luck; exit 3");

    assertThatThrownBy(() -> process.awaitReady(LIMIT, () -> false))
        .isInstanceOf(InfraException.class)
        .hasMessageContaining("child ended before it was ready")
        .hasMessageContaining("no such luck");
  }

  @Test
  void aProgramThatIsNeverReadyIsReportedInTime() {
    ChildProcess process = start("exec sleep 60");

    assertThatThrownBy(() -> process.awaitReady(Duration.ofMillis(200), () -> false))
        .hasMessageContaining("child was not ready within");
    process.kill();
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aPausedProgramStandsStillAndCanStillBeStopped() {
    ChildProcess process = start("exec sleep 60");

    process.pause();
    await().atMost(LIMIT).until(() -> state(process.pid()) == 'T');
    assertThat(process.isAlive()).isTrue();

    process.stop();
    assertThat(process.isAlive()).isFalse();
  }

  @Test
  void aProgramDoesNotSeeWhatIsWithheldFromIt() {
    assertThat(System.getenv()).containsKeys("HOME", "PATH");
    ChildProcess process = start("env; echo ready; exec sleep 60");
    process.awaitReady(LIMIT, this::saysReady);
    process.stop();

    assertThat(read(log).lines()).noneMatch(line -> line.startsWith("HOME="));
    assertThat(read(log).lines()).anyMatch(line -> line.startsWith("PATH="));
  }

  private ChildProcess start(String script) {
    return ChildProcess.start(
        new Launch(
            "child",
            List.of("bash", "-c", script),
            new Account(false),
            log,
            StopSignal.TERM,
            List.of("HOM"),
            Duration.ofSeconds(1)));
  }

  private boolean saysReady() {
    return read(log).contains("ready");
  }

  private static char state(long pid) {
    String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
    return stat.charAt(stat.lastIndexOf(')') + 2);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new InfraException("cannot read " + file, failure);
    }
  }
}
