package dev.headline.infra.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

  private static final int SOON = 200;

  private final Echo echo;
  private final FaultProxy proxy;

  FaultProxyTest() throws IOException {
    echo = new Echo();
    proxy = FaultProxy.to(echo.endpoint());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void withoutAFaultEveryByteArrivesInOrderBothWays() throws Exception {
    byte[] sent = new byte[4 << 20];
    new Random(1).nextBytes(sent);
    try (Socket client = connect()) {
      Thread writer = Thread.startVirtualThread(() -> write(client, sent));
      assertThat(client.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
      writer.join();
    }
    await().until(() -> proxy.connections() == 0);
    assertThat(proxy.swallowedBytes()).isZero();
  }

  @Test
  void theEndOfAStreamIsHandedOn() throws IOException {
    try (Socket client = connect()) {
      write(client, new byte[] {1, 2, 3});
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void aDelayMakesEachReplyLateAndNotTheOnesBehindItLater() throws IOException {
    proxy.inject(Fault.delay(Duration.ofMillis(300)));
    try (Socket client = connect()) {
      long start = System.nanoTime();
      for (int number = 0; number < 10; number++) {
        write(client, new byte[] {(byte) number});
        // Each has arrived before the next is sent, so that they are ten pieces.
        long sent = number + 1L;
        await().until(() -> echo.received.sum() == sent);
      }
      assertThat(client.getInputStream().readNBytes(10))
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(300), Duration.ofMillis(2_900));
    }
  }

  @Test
  void aBlackHoleTakesEverythingAndDeliversNothing() throws IOException {
    try (Socket before = connect()) {
      roundTrip(before);
      proxy.inject(Fault.blackHole());
      try (Socket during = connect()) {
        assertSilent(before);
        assertSilent(during);
      }
      assertThat(echo.received.sum()).isEqualTo(1);
      assertThat(proxy.swallowedBytes()).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void droppedRepliesLetTheRequestThrough() throws IOException {
    try (Socket client = connect()) {
      proxy.inject(Fault.dropReplies());
      assertSilent(client);
      await().until(() -> echo.received.sum() == 1);
    }
  }

  @Test
  void aConnectionThatHasLostBytesIsResetWhenTheFaultEnds() throws IOException {
    try (Socket torn = connect();
        Socket whole = connect()) {
      roundTrip(whole);
      proxy.inject(Fault.blackHole());
      assertSilent(torn);

      proxy.heal();

      assertThatThrownBy(() -> roundTrip(torn)).isInstanceOf(SocketException.class);
      roundTrip(whole);
      try (Socket anew = connect()) {
        roundTrip(anew);
      }
    }
  }

  @Test
  void aResetEndsEveryConnectionAndEachNewOne() throws IOException {
    try (Socket before = connect()) {
      roundTrip(before);
      proxy.inject(Fault.reset());
      assertThatThrownBy(() -> roundTrip(before)).isInstanceOf(IOException.class);
      assertThatThrownBy(
              () -> {
                try (Socket during = connect()) {
                  roundTrip(during);
                }
              })
          .isInstanceOf(IOException.class);

      proxy.heal();
      try (Socket after = connect()) {
        roundTrip(after);
      }
    }
  }

  @Test
  void aTargetThatIsNotThereIsTheClientsReset() throws IOException {
    echo.close();
    try (Socket client = connect()) {
      assertThatThrownBy(() -> roundTrip(client)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void nothingIsLeftWhenItIsClosed() throws IOException {
    try (Socket client = connect()) {
      roundTrip(client);
      Endpoint door = proxy.endpoint();
      proxy.close();

      assertThatThrownBy(() -> roundTrip(client)).isInstanceOf(IOException.class);
      await().until(() -> proxy.connections() == 0);
      assertThatThrownBy(() -> new Socket(door.host(), door.port()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(proxy.endpoint().host(), proxy.endpoint().port());
  }

  private static void roundTrip(Socket client) throws IOException {
    client.setSoTimeout(10_000);
    client.getOutputStream().write(7);
    if (client.getInputStream().read() != 7) {
      throw new SocketException("the connection has ended");
    }
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SOON);
    client.getOutputStream().write(7);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
  }

  private static void write(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
