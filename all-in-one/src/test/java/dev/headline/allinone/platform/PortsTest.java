package dev.headline.allinone.platform;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortsTest {

  @Test
  void aTakenPortIsSaidInASentenceWithTheReason() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Ports.requireFree(other.getLocalPort()))
          .isInstanceOf(PlatformException.class)
          .hasMessage(
              "Cannot listen on port %d (Address already in use): end the program that has it, or"
                  + " choose another with --port",
              other.getLocalPort());
    }
  }

  @Test
  void anyFreePortIsAlwaysFree() {
    assertThatCode(() -> Ports.requireFree(0)).doesNotThrowAnyException();
  }
}
