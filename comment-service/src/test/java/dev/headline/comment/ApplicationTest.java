package dev.headline.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.comment.v1.BatchTopRequest;
import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

@WithServers
class ApplicationTest {

  private static final PolicyTable PATIENT =
      new PolicyTable(CallPolicy.within(Duration.ofSeconds(30)), List.of());

  @Test
  void theApplicationIsFoundAndAnswersFromItsOwnDatabase(FreshDatabase database) {
    var self = new Caller("gateway", "default");
    var meters = new RpcMeters(new SimpleMeterRegistry());
    try (var application = SpringApplication.run(Application.class, arguments(database));
        var clients =
            new Clients(self, LocalDirectory.ofProcess(), Governance.of(PATIENT, meters))) {
      var stub = CommentServiceGrpc.newBlockingStub(clients.channel("comment-service"));

      var reply = stub.batchTop(BatchTopRequest.newBuilder().addContentIds(1).build());

      assertThat(reply.getTops(0).getCommentCount()).isZero();
      assertManagementIsOnLoopback(application);
    }
  }

  /** Wherever the service is told to serve, which would be 127.0.0.2 as well. */
  private static void assertManagementIsOnLoopback(ConfigurableApplicationContext application) {
    int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    assertThatThrownBy(() -> new Socket("127.0.0.2", port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static String[] arguments(FreshDatabase database) {
    return new String[] {
      "--server.port=0",
      "--server.address=0.0.0.0",
      "--headline.rpc.directory=local",
      "--headline.rpc.listen=in-process:comment-service",
      "--headline.rpc.spread=0s",
      "--headline.data.primary-url=" + database.primaryUrl(),
      "--headline.data.replica-urls=" + String.join(",", database.replicaUrls()),
      "--headline.data.username=" + database.role(),
      "--headline.data.password=" + database.password(),
      "--headline.data.migration.username=" + database.owner().name(),
      "--headline.data.migration.password=" + database.owner().password()
    };
  }
}
