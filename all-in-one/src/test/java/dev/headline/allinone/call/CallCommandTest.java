package dev.headline.allinone.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command, against a platform that runs. */
final class CallCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder = Path.of(".");

  private StandingPlatform platform;

  @BeforeEach
  void start() throws IOException {
    platform = new StandingPlatform(folder);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void theReplyIsPrintedAsJson() {
    assertThat(call("user-service/BatchGet", "{\"ids\": [\"7\"]}")).isZero();
    assertThat(out.toString())
        .isEqualToIgnoringWhitespace(
            """
            {"users": [{"id": "7", "handle": "headline-cli", "display_name": ""}]}
            """);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aCallCanBeMadeAsAnotherService() {
    assertThat(call("user-service/BatchGet", "{\"ids\": [\"7\"]}", "--from", "gateway")).isZero();
    assertThat(out.toString()).contains("\"handle\" : \"gateway\"");
  }

  @Test
  void metadataTravelsWithTheCall() {
    assertThat(
            call(
                "user-service/BatchGet",
                "{\"ids\": [\"7\"]}",
                "--metadata",
                "lane=canary",
                "--metadata",
                "note=a=b, c"))
        .isZero();
    assertThat(out.toString()).contains("\"display_name\" : \"{lane=canary, note=a=b, c}\"");
  }

  @Test
  void theJsonMayComeFromStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("{\"ids\": [8]}".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(call("user-service/BatchGet", "-")).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString()).contains("\"id\" : \"8\"");
  }

  @Test
  void withoutJsonTheRequestIsEmpty() {
    assertThat(call("user-service/BatchGet")).isZero();
    assertThat(out.toString()).isEqualToIgnoringWhitespace("{\"users\": []}");
  }

  @Test
  void aBadFieldIsAFailureThatNamesIt() {
    assertThat(call("user-service/BatchGet", "{\"ids\": [1, \"x\"]}")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("INVALID_ARGUMENT: ids[1]: not a 64-bit integer: \"x\"");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aRefusalOfTheServiceIsAFailureWithItsSentence() {
    assertThat(call("user-service/BatchGet", "{\"ids\": [-1]}")).isEqualTo(1);
    assertThat(err.toString().strip()).isEqualTo("INVALID_ARGUMENT: An id is positive");
  }

  @Test
  void aCallEndsWithItsTimeout() {
    assertThat(
            call(
                "user-service/BatchGet",
                "{\"ids\": [%d]}".formatted(StandingPlatform.NEVER),
                "--timeout",
                "300ms"))
        .isEqualTo(1);
    assertThat(err.toString()).startsWith("DEADLINE_EXCEEDED: ");
  }

  @Test
  void onlyTheClusterThatIsNamedIsCalled() {
    assertThat(call("user-service/BatchGet", "{}", "--to-cluster", "blue")).isEqualTo(1);
    assertThat(err.toString().strip())
        .startsWith("UNAVAILABLE: ")
        .contains("user-service")
        .contains("blue");
  }

  @Test
  void whatIsWrittenDownButHasEndedIsNotCalled() throws IOException {
    platform.close();
    platform.writeAsEnded();

    assertThat(call("user-service/BatchGet")).isEqualTo(1);
    assertThat(err.toString()).startsWith("UNAVAILABLE: No instance of user-service");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "\"\" | Which method? SERVICE/METHOD",
        "user-service | Which method? SERVICE/METHOD",
        "users-service/BatchGet | There is no service 'users-service' (did you mean user-service?)",
        "user-service/BatchGe | user-service has no method 'BatchGe' (did you mean BatchGet?)",
        "user-service/BatchGet --timeout soon | 'soon' is no time such as 500ms or 2s",
        "user-service/BatchGet --timeout 11m | timeout.total is 1 ms to 10 min",
        "user-service/BatchGet --from Me | but got 'Me'",
        "user-service/BatchGet --to-cluster B | No cluster can be named 'B'",
        "user-service/BatchGet --metadata Lane=x | but got 'Lane'",
        "user-service/BatchGet {} {} | Unmatched argument",
      })
  void aCommandThatMakesNoSenseIsMisuse(String line, String sentence) {
    String[] words = line.isEmpty() ? new String[0] : line.split(" ", -1);

    assertThat(call(words)).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).contains("Usage:");
  }

  @Test
  void theListHasEachMethodWithItsFieldsAndNeedsNoPlatform() throws IOException {
    Files.delete(folder.resolve("state.json"));

    assertThat(call("--list")).isZero();
    assertThat(out.toString().lines())
        .hasSize(12)
        .contains(
            "user-service/BatchGet {ids: [int64]}",
            "feed-service/GetFeed {newest: {} | following: {user_id: int64}, limit: int32, cursor:"
                + " string}");
  }

  private int call(String... words) {
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--home", folder.toString()))
            .toArray(String[]::new);
    return new CommandLine(new CallCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }
}
