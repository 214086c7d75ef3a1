package dev.headline.loadtest.experiment.page;

import dev.headline.comment.v1.CommentServiceGrpc;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.loadtest.experiment.judge.ExperimentException;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.client.GovernedChannel;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.FixedDirectory;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Deadline;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Calls through the chain as a service of the platform composes it where there is no tracer. */
final class GovernedSide {

  private static final String SERVICE = "page-service";
  static final Caller READER = new Caller("gateway", CallKey.DEFAULT_CLUSTER);
  private static final Duration BUDGET = Duration.ofMillis(Side.DEADLINE_MILLIS);

  private GovernedSide() {}

  // It serves until the process ends.
  @SuppressWarnings("resource")
  static int serve() throws IOException {
    var server =
        new GovernedServer(
            new Caller(SERVICE, CallKey.DEFAULT_CLUSTER),
            new Address.Tcp(Side.HOST, 0),
            PageServices.all(),
            governance(),
            false);
    return switch (server.start()) {
      case Address.Tcp(String _, int port) -> port;
      case Address.Unix _, Address.InProcess _ -> throw new IOException("Not what was asked for");
    };
  }

  // It is connected until the process ends.
  @SuppressWarnings("resource")
  static GovernedChannel channel(int port, Governance governance) {
    var directory =
        FixedDirectory.of(
            CallKey.DEFAULT_CLUSTER, Map.of(SERVICE, List.of(new Address.Tcp(Side.HOST, port))));
    var clients = new Clients(READER, directory, governance);
    awaitConnection(clients);
    return clients.channel(SERVICE);
  }

  private static void awaitConnection(Clients clients) {
    Deadline limit = Deadline.after(5, TimeUnit.SECONDS);
    while (!clients.isReady(SERVICE)) {
      if (limit.isExpired()) {
        throw new ExperimentException("The page service cannot be reached");
      }
      Thread.onSpinWait();
    }
  }

  static PageReader connect(int port) {
    GovernedChannel channel = channel(port, governance());
    var contents = ContentServiceGrpc.newBlockingStub(channel);
    var comments = CommentServiceGrpc.newBlockingStub(channel);
    var users = UserServiceGrpc.newBlockingStub(channel);
    return () -> {
      try (var scope = RequestContext.open(READER, BUDGET)) {
        RequestContext request = scope.context();
        var besides = request.fork(() -> comments.batchTop(Page.COMMENTS));
        var authors = request.fork(() -> users.batchGet(Page.USERS));
        var main = request.call(() -> contents.batchGet(Page.CONTENTS));
        return new Page(main, besides.join(), authors.join());
      }
    };
  }

  static Governance governance() {
    return Governance.of(
        PolicyTable.DEFAULT, new RpcMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)));
  }
}
