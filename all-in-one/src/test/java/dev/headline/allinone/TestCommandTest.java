package dev.headline.allinone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./headline test}, with a Maven that only says what Surefire would. */
final class TestCommandTest {

  private static final String REPORT =
      """
      <testsuite>
        <testcase name="runs" classname="dev.headline.OneTest" time="0.0"/>
        <testcase name="needsRoot" classname="dev.headline.OneTest" time="0.0">
          <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: only for root
      	at dev.headline.OneTest.needsRoot(OneTest.java:7)
      ]]></skipped>
        </testcase>
        <testcase name="later" classname="dev.headline.OneTest" time="0.0">
          <skipped message="not now"/>
        </testcase>
        <testcase name="runsToo" classname="dev.headline.OneTest" time="0.0"/>
      </testsuite>
      """;

  @TempDir private Path root = Path.of(".");

  @BeforeEach
  void prepare() throws IOException {
    Files.copy(Path.of("../headline"), root.resolve("headline"));
    Files.createDirectories(root.resolve("module/target/surefire-reports"));
    Files.createFile(root.resolve("module/pom.xml"));
    Files.writeString(root.resolve("report"), REPORT);
    Path maven = Files.createDirectory(root.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        cp %s/report %1$s/module/target/surefire-reports/TEST-dev.headline.OneTest.xml
        echo "[WARNING] Tests run: 4, Failures: 0, Errors: 0, Skipped: 2"
        """
            .formatted(root));
    Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theSkippedTestsAreNamedWithTheirReasons() throws Exception {
    assertThat(said())
        .containsSubsequence(
            "  skipped dev.headline.OneTest.later: not now",
            "  skipped dev.headline.OneTest.needsRoot: only for root")
        .last()
        .asString()
        .startsWith("PASSED: 4 tests, 0 failed, 2 skipped");
  }

  @Test
  void aReportOfAnEarlierRunSaysNothing() throws Exception {
    Path earlier = root.resolve("module/target/surefire-reports/TEST-dev.headline.OldTest.xml");
    Files.writeString(earlier, REPORT.replace("OneTest", "OldTest"));

    assertThat(said()).noneMatch(line -> line.contains("OldTest"));
  }

  private List<String> said() throws IOException, InterruptedException {
    var command = new ProcessBuilder("bash", root.resolve("headline").toString(), "test");
    command.environment().put("HEADLINE_HOME", root.resolve("home").toString());
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().merge("PATH", root.resolve("bin") + ":", (old, bin) -> bin + old);
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }
}
