package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** That calls are counted whose request no handler ever sees. */
@ParameterizedClass
@EnumSource
class UnreadCallsTest extends OverEachTransport {

  private static final byte[] UNREADABLE = {-1};

  UnreadCallsTest(Transport transport) {
    super(transport);
  }

  @Test
  void aCallWithoutAMessageIsCounted() {
    start().halfClose();

    assertCounted("INTERNAL");
  }

  @Test
  void aCallWithTwoMessagesIsCounted() {
    ClientCall<byte[], byte[]> call = start();
    call.sendMessage(new byte[0]);
    call.sendMessage(new byte[0]);
    call.halfClose();

    assertCounted("INTERNAL");
  }

  @Test
  void aCallWhoseMessageCannotBeReadIsCounted() {
    ClientCall<byte[], byte[]> call = start();
    call.sendMessage(UNREADABLE);
    call.halfClose();

    assertCounted();
  }

  @Test
  void aCallWhoseMessageIsTooLargeIsCounted() {
    ClientCall<byte[], byte[]> call = start();
    call.sendMessage(new byte[(1 << 20) + 1]);
    call.halfClose();

    assertCounted();
  }

  @Test
  void aCallThatIsCancelledBeforeItIsCompleteIsCounted() {
    ManagedChannel plain = open();
    ClientCall<byte[], byte[]> call = start(plain);
    call.sendMessage(new byte[0]);
    // It has come when the one behind it on the same connection has.
    start(plain).halfClose();
    assertCounted("INTERNAL");

    call.cancel("Enough", null);
    Awaitility.await()
        .until(
            () ->
                pair.meters.find(MetricNames.SERVER_DURATION).tag("code", "CANCELLED").timer()
                    != null);
  }

  private void assertCounted(String code) {
    assertCounted();
    assertThat(pair.meters.get(MetricNames.SERVER_DURATION).timer().getId().getTag("code"))
        .isEqualTo(code);
  }

  private void assertCounted() {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(pair.meters.find(MetricNames.SERVER_DURATION).timers())
                    .extracting(Timer::count)
                    .containsExactly(1L));
    assertThat(users.calls).hasValue(0);
  }

  private ManagedChannel open() {
    ManagedChannel plain = Channels.open(pair.addresses.getFirst());
    pair.onClose(plain::shutdownNow);
    return plain;
  }

  private ClientCall<byte[], byte[]> start() {
    return start(open());
  }

  private static ClientCall<byte[], byte[]> start(ManagedChannel plain) {
    var method =
        MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName(UserServiceGrpc.getBatchGetMethod().getFullMethodName())
            .build();
    ClientCall<byte[], byte[]> call = plain.newCall(method, CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.request(1);
    return call;
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }
}
