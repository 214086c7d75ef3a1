package dev.headline.infra.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.binary.ConsulBinary;
import dev.headline.infra.junit.TestFolder;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Starts all servers from another JVM, ends it with SIGKILL, and looks for what is left. */
class NoOrphansTest {

  /** On every Linux, and nobody's; initdb wants a user with a name. */
  private static final String SOMEBODY = "daemon";

  @Test
  void aKilledJvmLeavesNothingBehind() throws IOException {
    try (TestFolder folder = TestFolder.create()) {
      startKillAndLook(folder, List.of(), System.getProperty("java.class.path"));
    }
  }

  @Test
  void anOrdinaryUserNeedsNoPrivilege() throws IOException {
    Assumptions.assumeTrue(Account.current().root(), "this is what the other test shows");
    try (TestFolder folder = TestFolder.create()) {
      Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxrwxrwx"));
      List<String> asSomebody =
          List.of("setpriv", "--reuid=" + SOMEBODY, "--regid=" + SOMEBODY, "--clear-groups", "--");
      startKillAndLook(folder, asSomebody, readableClassPath(folder.path().resolve("lib")));
    }
  }

  private static void startKillAndLook(TestFolder folder, List<String> prefix, String classPath)
      throws IOException {
    List<String> line = new ArrayList<>(prefix);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-cp", classPath, Everything.class.getName()));
    line.add(folder.path().resolve("data").toString());
    ProcessBuilder builder = new ProcessBuilder(line).directory(Path.of("/").toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!prefix.isEmpty()) {
      builder.environment().put("HEADLINE_CACHE", folder.path().resolve("cache").toString());
      // The download is not what this is about.
      builder.environment().put("CONSUL_BIN", ConsulBinary.locate(Machine.current()).toString());
    }
    Process jvm = builder.start();
    List<Long> everybody = List.of();
    try (BufferedReader output = jvm.inputReader()) {
      String pids = output.readLine();
      assertThat(pids).as("first line of output").startsWith("pids ");
      everybody = jvm.descendants().map(ProcessHandle::pid).toList();
      assertThat(everybody)
          .containsAll(Stream.of(pids.split(" ")).skip(1).map(Long::valueOf).toList());
    } finally {
      jvm.destroyForcibly();
    }
    List<Long> family = everybody;
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(family).noneMatch(ProcessTree::exists));
  }

  /** Root's Maven repository is closed to others. */
  private static String readableClassPath(Path folder) throws IOException {
    Files.createDirectories(folder);
    int number = 0;
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (Files.isRegularFile(jar)) {
        Path copy = folder.resolve(number++ + ".jar");
        entries.add(Files.copy(jar, copy).toString());
      } else {
        entries.add(entry);
      }
    }
    return entries.stream().collect(Collectors.joining(File.pathSeparator));
  }
}
