package dev.headline.infra.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.infra.InfraException;
import dev.headline.infra.MissingSoftwareException;
import dev.headline.infra.process.Account;
import dev.headline.infra.process.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {

  private static final Account ORDINARY = new Account(false);

  private final Path folder;

  BinaryCacheTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theFolderIsTheMostSpecificOneThatIsNamed() {
    assertThat(cache(Map.of("HEADLINE_CACHE", "/a", "XDG_CACHE_HOME", "/b")))
        .isEqualTo(Path.of("/a"));
    assertThat(cache(Map.of("XDG_CACHE_HOME", "/b"))).isEqualTo(Path.of("/b/headline"));
    assertThat(cache(Map.of())).isEqualTo(Path.of("/home/somebody/.cache/headline"));
  }

  @Test
  void rootUsesAFolderThatTheServersUserCanReach() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

    Machine root = new Machine("amd64", Map.of(), closed, new Account(true));

    assertThat(BinaryCache.of(root).folder()).isEqualTo(Path.of("/var/cache/headline"));
  }

  @Test
  void manyAtOnceGetOneCompleteFolder() throws Exception {
    BinaryCache cache = new BinaryCache(folder.resolve("cache"));
    int count = 8;
    CyclicBarrier allDrafting = new CyclicBarrier(count);
    BinaryCache.Filler filler =
        draft -> {
          Files.writeString(draft.resolve("program"), "complete");
          meet(allDrafting);
        };

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Path>> results =
          IntStream.range(0, count)
              .mapToObj(number -> threads.submit(() -> cache.folder("program-1", filler)))
              .toList();
      for (Future<Path> result : results) {
        assertThat(result.get().resolve("program")).hasContent("complete");
      }
    }
    try (Stream<Path> left = Files.list(cache.folder())) {
      assertThat(left).containsExactly(cache.folder().resolve("program-1"));
    }
  }

  @Test
  void aFailureLeavesNothingThatLooksComplete() throws IOException {
    BinaryCache cache = new BinaryCache(folder.resolve("cache"));

    assertThatThrownBy(
            () ->
                cache.folder(
                    "program-1",
                    draft -> {
                      Files.writeString(draft.resolve("program"), "half");
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(InfraException.class)
        .hasRootCauseMessage("disk full");
    assertThat(cache.folder()).isEmptyDirectory();
  }

  @Test
  void everyProcessorIsCarriedUnderAVersion() throws IOException {
    for (Architecture architecture : Architecture.values()) {
      try (InputStream postgres = Carriers.open(architecture.postgresResource());
          InputStream redis = Carriers.open(architecture.redisResource())) {
        assertThat(postgres.read()).isNotNegative();
        assertThat(redis.read()).isNotNegative();
      }
      assertThat(Carriers.key("postgres", architecture))
          .matches("postgres-\\d+\\.\\d+\\.\\d+-\\w+");
    }
  }

  @Test
  void anUnknownProcessorIsMissingSoftware() {
    Machine exotic = new Machine("riscv64", Map.of(), folder, ORDINARY);

    assertThatThrownBy(() -> PostgresBinaries.locate(exotic))
        .isInstanceOf(MissingSoftwareException.class)
        .hasMessageContaining("riscv64");
  }

  private static Path cache(Map<String, String> environment) {
    return BinaryCache.of(new Machine("amd64", environment, Path.of("/home/somebody"), ORDINARY))
        .folder();
  }

  private static void meet(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await();
    } catch (Exception broken) {
      throw new IOException(broken);
    }
  }
}
