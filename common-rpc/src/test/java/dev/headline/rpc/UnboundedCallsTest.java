package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.UserServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of calls whose caller would wait for ever. */
@ParameterizedClass
@EnumSource
class UnboundedCallsTest extends OverEachTransport {

  private static final Duration TOTAL = Duration.ofMillis(300);

  // Set before each test.
  @SuppressWarnings("NullAway.Init")
  private ManagedChannel plain;

  UnboundedCallsTest(Transport transport) {
    super(transport);
  }

  @BeforeEach
  void connect() throws IOException {
    pair.close();
    pair = new Pair(CallPolicy.within(TOTAL));
    serve();
    plain = Channels.open(pair.addresses.getFirst());
  }

  @AfterEach
  void disconnect() {
    plain.shutdownNow();
  }

  @Test
  void aCallWithoutADeadlineEndsWhenItsPolicySaysSo() {
    users.answer = OverEachTransport::untilCancelled;

    var failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> stub().batchGet(Users.ask(1)));

    assertThat(RpcException.from(failure).code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
  }

  @Test
  void itsHandlerSeesHowMuchTimeThereIs() {
    var seen = new AtomicLong();
    users.answer =
        request -> {
          seen.set(remainingMillis());
          return Users.everybody(request);
        };

    stub().batchGet(Users.ask(1));

    assertThat(seen.get()).isBetween(0L, TOTAL.toMillis());
  }

  @Test
  void aDeadlineOfTheCallerIsNotShortened() {
    var seen = new AtomicLong();
    users.answer =
        request -> {
          seen.set(remainingMillis());
          return Users.everybody(request);
        };

    stub().withDeadlineAfter(LONG.toMillis(), TimeUnit.MILLISECONDS).batchGet(Users.ask(1));

    assertThat(seen.get()).isGreaterThan(TOTAL.toMillis());
  }

  private UserServiceBlockingStub stub() {
    return UserServiceGrpc.newBlockingStub(plain);
  }
}
