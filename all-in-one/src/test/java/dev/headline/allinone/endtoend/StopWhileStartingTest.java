package dev.headline.allinone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headline.allinone.platform.Home;
import dev.headline.allinone.platform.Modules;
import dev.headline.allinone.platform.Platform;
import dev.headline.allinone.platform.PlatformException;
import dev.headline.allinone.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that is told to stop before it is up, as by SIGTERM to its process. */
final class StopWhileStartingTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void whatRunsByThenIsWrittenDownAndEnds(@TempDir Path folder) throws Exception {
    Home home = Homes.in(folder);
    CountDownLatch halfWay = new CountDownLatch(1);
    Platform platform =
        new Platform(
            Topology.merged().at(0),
            home,
            Modules.here(),
            line -> {
              if (line.equals("Starting content-service-1")) {
                halfWay.countDown();
              }
            });
    long before = ProcessHandle.current().descendants().count();
    CompletableFuture<Throwable> start =
        CompletableFuture.supplyAsync(() -> catchThrowable(platform::start));
    halfWay.await();
    assertThat(processes(folder)).contains("\tplatform\t", "\tprimary\t", "\tuser-service-1\t");

    platform.close();

    assertThat(ProcessHandle.current().descendants().count()).isEqualTo(before);
    assertThat(platform.instances()).isEmpty();
    assertThat(folder.resolve("processes")).doesNotExist();
    assertThat(start)
        .succeedsWithin(LIMIT)
        .isInstanceOfSatisfying(
            PlatformException.class,
            stopped -> assertThat(stopped).hasMessage("The platform was stopped while it started"));
  }

  private static String processes(Path folder) throws IOException {
    return Files.readString(folder.resolve("processes"));
  }
}
