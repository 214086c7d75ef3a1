package dev.headline.allinone.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.allinone.platform.ProcessState;
import dev.headline.allinone.platform.State;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc.UserServiceImplBase;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Against a user service that answers with a user of each id, named after who calls. */
final class CallCommandTest {

  private static final long NEVER = 999;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final GovernedServer server =
      new GovernedServer(
          new Caller("user-service", "default"),
          new Address.Tcp("127.0.0.1", 0),
          List.of(new Users()),
          Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry())),
          false);

  @TempDir private Path folder = Path.of(".");

  CallCommandTest() throws IOException {}

  @BeforeEach
  void start() throws IOException {
    runs("default", server.start());
  }

  @AfterEach
  void stop() {
    server.close();
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
            call("user-service/BatchGet", "{\"ids\": [%d]}".formatted(NEVER), "--timeout", "300ms"))
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
    server.close();
    write("default", "tcp://127.0.0.1:1", 1);

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

  private void runs(String cluster, Address address) throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    write(
        cluster,
        address.toString(),
        Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]));
  }

  private void write(String cluster, String door, long startTicks) throws IOException {
    long pid = ProcessHandle.current().pid();
    var process =
        new ProcessState(
            "user-service-1", "user-service", cluster, pid, startTicks, door, door, "", "");
    var state = new State(pid, "", "", "consul", "", "", List.of(process));
    Files.write(folder.resolve("state.json"), JsonMapper.shared().writeValueAsBytes(state));
  }

  private static void untilCancelled() {
    var over = new CountDownLatch(1);
    try (var _ = RequestContext.current().onCancel(over::countDown)) {
      over.await(15, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nothing here may be interrupted", e);
    }
    throw RequestContext.current().failure();
  }

  private static final class Users extends UserServiceImplBase {

    @Override
    public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
      var reply = BatchGetResponse.newBuilder();
      for (long id : request.getIdsList()) {
        if (id < 0) {
          throw new RpcException(RpcCode.INVALID_ARGUMENT, "An id is positive");
        }
        if (id == NEVER) {
          untilCancelled();
        }
        String caller = RequestContext.current().caller().service();
        var metadata = RequestContext.current().origin().baggage().persistent();
        reply.addUsers(
            User.newBuilder()
                .setId(id)
                .setHandle(caller)
                .setDisplayName(metadata.isEmpty() ? "" : new TreeMap<>(metadata).toString()));
      }
      observer.onNext(reply.build());
      observer.onCompleted();
    }
  }
}
