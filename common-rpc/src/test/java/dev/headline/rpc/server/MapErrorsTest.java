package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Decisions;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class MapErrorsTest {

  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  private final Logger logger = (Logger) LoggerFactory.getLogger(MapErrors.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final RuntimeException fault = new IllegalStateException("A bug");

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void whatAHandlerDidNotExpectIsAnErrorInTheLog() {
    assertThat(failure().code()).isEqualTo(RpcCode.INTERNAL);

    assertThat(logged()).isEqualTo(Level.ERROR);
  }

  @Test
  void whatFailsOnceItsRequestIsOverIsInTheLogOnlyForWhoLooksForIt() {
    try (var request =
        RequestContext.open(new Caller("gateway", "default"), Duration.ofSeconds(20))) {
      request.cancel("The client has left");

      assertThat(request.context().call(this::failure).code()).isEqualTo(RpcCode.CANCELLED);
    }

    assertThat(logged()).isEqualTo(Level.DEBUG);
  }

  /** The level of the one line that there is, which has the fault. */
  private Level logged() {
    assertThat(lines.list).hasSize(1);
    ILoggingEvent line = lines.list.getFirst();
    assertThat(((ThrowableProxy) line.getThrowableProxy()).getThrowable()).isSameAs(fault);
    assertThat(line.getFormattedMessage()).startsWith(KEY + " failed");
    return line.getLevel();
  }

  private RpcException failure() {
    var meter = new RpcMeters(new SimpleMeterRegistry()).server(KEY);
    var decisions = new Decisions(InstantSource.system(), _ -> {});
    var call =
        new Call<>(
            UserServiceGrpc.getBatchGetMethod(),
            BatchGetRequest.getDefaultInstance(),
            new Target(KEY, CallPolicy.DEFAULT, meter, decisions),
            new Metadata());
    return catchThrowableOfType(
        RpcException.class, () -> new MapErrors().handle(call, new Failing(fault)));
  }

  private record Failing(RuntimeException fault) implements Endpoint {

    @Override
    public <Q, R> R invoke(Call<Q, R> call) {
      throw fault;
    }
  }
}
