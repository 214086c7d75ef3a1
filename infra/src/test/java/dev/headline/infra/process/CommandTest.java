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

class CommandTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void whatItWroteAndHowItEndedIsTold() {
    Command.Result result = Command.run(LONG, shell("echo one; echo two >&2; exit 3"));

    assertThat(result).isEqualTo(new Command.Result(3, "one\ntwo"));
    assertThat(result.succeeded()).isFalse();
  }

  @Test
  void aProgramThatDoesNotEndIsKilledWithAllThatItStarted(@TempDir Path folder) throws IOException {
    Path pid = folder.resolve("pid");

    assertThatThrownBy(
            () ->
                Command.run(
                    Duration.ofSeconds(1), shell("sleep 60 & echo $! >" + pid + "; wait; true")))
        .isInstanceOf(InfraException.class)
        .hasMessage("bash did not end within 1000 ms");

    long child = Long.parseLong(Files.readString(pid).strip());
    await().atMost(Duration.ofSeconds(5)).until(() -> !ProcessTree.exists(child));
  }

  @Test
  void whoeverInheritedTheOutputIsNotWaitedFor(@TempDir Path folder) throws IOException {
    Path pid = folder.resolve("pid");
    long start = System.nanoTime();

    Command.Result result = Command.run(LONG, shell("sleep 20 & echo $! >" + pid + "; echo done"));

    assertThat(result.output()).isEqualTo("done");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    ProcessTree.signal("KILL", List.of(Long.parseLong(Files.readString(pid).strip())));
  }

  private static List<String> shell(String script) {
    return List.of("bash", "-c", script);
  }
}
