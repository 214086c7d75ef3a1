package dev.headline.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.feed.v1.FeedServiceGrpc;
import dev.headline.feed.v1.GetFeedRequest;
import dev.headline.feed.v1.Newest;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Governance;
import dev.headline.rpc.discovery.LocalDirectory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

@WithServers
class ApplicationTest {

  @Test
  void theApplicationFollowsTheChangesAndServesThem(FreshDatabase database) throws IOException {
    var contents = new FakeContents();
    contents.publish(1, 7, 1);
    try (var platform = new Platform(LocalDirectory.ofProcess())) {
      platform.serve("content-service", contents);
      platform.serve("user-service", new FakeUsers());
      try (var application = SpringApplication.run(Application.class, arguments(database))) {
        var stub = FeedServiceGrpc.newBlockingStub(platform.clients.channel("feed-service"));
        var newest = GetFeedRequest.newBuilder().setNewest(Newest.getDefaultInstance()).build();

        await().until(() -> stub.getFeed(newest).getContentIdsList().equals(List.of(1L)));

        var listChanges =
            new CallKey("feed-service", "default", "content-service", "default", "ListChanges");
        assertThat(
                application
                    .getBean(Governance.class)
                    .policies()
                    .current()
                    .table()
                    .policyOf(listChanges)
                    .timeout()
                    .total())
            .hasSeconds(30);
        assertManagementIsOnLoopback(application);
      }
      await().until(() -> contents.waiting.get() == 0);
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
      "--headline.rpc.listen=in-process:feed-service",
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
