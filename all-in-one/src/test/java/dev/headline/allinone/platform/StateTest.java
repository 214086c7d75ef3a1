package dev.headline.allinone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateTest {

  private final Home home;

  StateTest(@TempDir Path folder) {
    home = new Home(folder).create();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    State state = new State(1, "--unix --port 1", "http://x", "consul", "", "/d", List.of(me(0)));
    state.write(home);

    assertThat(State.read(home)).contains(state);
    assertThat(Files.readString(home.processes()))
        .isEqualTo(me(0).pid() + "\t0\tme\t/log\tuser-service\tunix:/door\n");
  }

  @Test
  void nothingIsWrittenWhereNothingRuns() {
    assertThat(State.read(home)).isEmpty();
  }

  @Test
  void anotherProcessWithTheSameNumberIsNotTakenForIt() {
    long pid = ProcessHandle.current().pid();

    assertThat(me(ProcessState.startTicksOf(pid)).runs()).isTrue();
    assertThat(me(ProcessState.startTicksOf(pid) + 1).runs()).isFalse();
    assertThat(Health.of(new State(1, "", "", "", "", "", List.of(me(1)))))
        .singleElement()
        .matches(health -> !health.isWell())
        .returns("ended", Health::health);
  }

  private static ProcessState me(long ticks) {
    long pid = ProcessHandle.current().pid();
    return new ProcessState(
        "me", "user-service", "default", pid, ticks, "in-process:me", "unix:/door", "", "/log");
  }
}
