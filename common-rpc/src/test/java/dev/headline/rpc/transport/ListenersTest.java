package dev.headline.rpc.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.headline.rpc.discovery.Address;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersTest {

  private final Path folder;

  ListenersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aSocketThatNobodyListensAtIsReplaced() throws IOException {
    Path socket = folder.resolve("left-over.sock");
    listenAt(socket).close();

    Listeners.prepare(new Address.Unix(socket));

    assertThat(socket).doesNotExist();
  }

  @Test
  void aSocketThatSomebodyListensAtStays() throws IOException {
    Path socket = folder.resolve("alive.sock");
    try (var _ = listenAt(socket)) {
      assertThatIOException().isThrownBy(() -> Listeners.prepare(new Address.Unix(socket)));
      assertThat(socket).exists();
    }
  }

  @Test
  void aFileIsNeverDeleted() throws IOException {
    Path file = Files.writeString(folder.resolve("precious.db"), "data");

    assertThatIOException().isThrownBy(() -> Listeners.prepare(new Address.Unix(file)));
    assertThat(file).hasContent("data");
  }

  private static ServerSocketChannel listenAt(Path socket) throws IOException {
    return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket));
  }
}
