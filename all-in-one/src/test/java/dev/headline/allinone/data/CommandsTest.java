package dev.headline.allinone.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.content.v1.NewContent;
import io.grpc.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CommandsTest {

  private final FakePlatform platform = new FakePlatform();
  private final StringWriter printed = new StringWriter();

  @TempDir private Path folder = Path.of(".");

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(
        folder.resolve("stories.csv"),
        """
        published_at,likes,publisher,title
        2014-06-24T05:50:40.000Z,2,example.org," First, ""of all"" "
        2014-06-24T05:50:40Z,3,"",Second
        never,3,example.org,Third
        2014-06-24T05:50:40Z,3,"",Second
        """);
    Files.writeString(folder.resolve("follows.edges"), "0 1\n1 2\n2 0\n5 5\n");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void everyValidRowGoesInAndEveryBadOneIsReported() {
    assertThat(importFiles()).isZero();
    assertThat(platform.users).containsOnlyKeys("person-0", "person-1", "person-2");
    assertThat(platform.follows).hasSize(6);
    assertThat(platform.likes).hasSize(8);
    assertThat(platform.contents.values())
        .extracting(NewContent::getTitle)
        .containsExactly("First, \"of all\"", "Second", "Second");
    assertThat(printed.toString())
        .contains("left out stories.csv:4: 'never' is not a date")
        .contains("left out follows.edges:4: person 5 cannot follow themself")
        .contains("2 bad rows were left out");
  }

  @Test
  void aSecondImportChangesNothing() {
    assertThat(importFiles()).isZero();
    printed.getBuffer().setLength(0);
    assertThat(importFiles()).isZero();
    assertThat(platform.contents).hasSize(3);
    assertThat(platform.likes).hasSize(8);
    assertThat(printed.toString().lines())
        .contains(
            "people             3         0              3         0",
            "follows            6         0              6         0",
            "contents           3         0              3         0",
            "likes              8         0              8         0");
  }

  @Test
  void aReplyThatIsLostMakesNothingTwice() {
    platform.losesReplies = true;
    platform.failures.addAll(List.of(Status.UNAVAILABLE, Status.UNAVAILABLE));
    assertThat(importFiles()).isZero();
    assertThat(platform.users).hasSize(3);
    assertThat(platform.follows).hasSize(6);
  }

  @Test
  void whatDependsOnSomethingThatFailedIsCountedAndTheStatusIsOne() {
    platform.failures.addAll(List.of(Status.OK, Status.OK, Status.INTERNAL));
    assertThat(importFiles()).isEqualTo(1);
    assertThat(printed.toString().lines())
        .contains(
            "contents           3         0              0         3",
            "likes              8         0              0         8",
            "  8 likes belong to something that did not go in");
    assertThat(platform.follows).hasSize(6);
  }

  @Test
  void aFileThatIsNotThereIsAMistakeInTheCommand() throws IOException {
    Files.delete(folder.resolve("stories.csv"));
    assertThat(importFiles()).isEqualTo(2);
    assertThat(printed.toString()).contains("Cannot read").contains("stories.csv");
  }

  @Test
  void theDemoGoesInOnce() {
    assertThat(run(new DemoCommand(), List.of())).isZero();
    assertThat(platform.users).hasSize(DemoData.PEOPLE);
    assertThat(platform.contents).hasSize(DemoData.ARTICLES);
    assertThat(platform.comments).hasSize(DemoData.generate().remarks().size());
    var before = List.copyOf(platform.likes);
    assertThat(run(new DemoCommand(), List.of())).isZero();
    assertThat(platform.likes).containsExactlyElementsOf(before);
  }

  private int importFiles() {
    return run(
        new ImportCommand(),
        List.of(
            "--stories", folder.resolve("stories.csv").toString(),
            "--follows", folder.resolve("follows.edges").toString()));
  }

  private int run(Object command, List<String> options) {
    var all = new ArrayList<String>(options);
    all.addAll(platform.options());
    var out = new PrintWriter(printed);
    return new CommandLine(command).setOut(out).setErr(out).execute(all.toArray(String[]::new));
  }
}
