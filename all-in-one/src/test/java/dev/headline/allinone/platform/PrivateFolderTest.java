package dev.headline.allinone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headline.infra.process.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFolderTest {

  @TempDir private Path parent = Path.of(".");

  @Test
  void aNewOneIsForItsOwnerOnlyAndTakenAgain() throws IOException {
    Path folder = parent.resolve("a/b");

    assertThat(PrivateFolder.at(folder)).isEqualTo(PrivateFolder.at(folder));
    assertThat(permissions(folder)).isEqualTo("rwx------");
  }

  @Test
  void oneThatOthersCouldReadIsClosed() throws IOException {
    Path folder = withPermissions("rwxr-xr-x");

    PrivateFolder.at(folder);

    assertThat(permissions(folder)).isEqualTo("rwx------");
  }

  @Test
  void oneThatOthersCouldWriteInIsRefused() throws IOException {
    Path folder = withPermissions("rwxrwxrwx");

    assertRefused(folder, "was open to others");
  }

  @Test
  void oneOfSomebodyElseIsRefused() throws IOException {
    assumeTrue(Account.current().root(), "only root can give a folder away");
    Path folder = withPermissions("rwx------");
    Files.setAttribute(folder, "unix:uid", 65_534);

    assertRefused(folder, "belongs to ");
  }

  @Test
  void aLinkOrAFileIsRefused() throws IOException {
    Path link = parent.resolve("link");
    Files.createSymbolicLink(link, Files.createDirectory(parent.resolve("elsewhere")));

    assertRefused(link, "is no folder");
    assertRefused(Files.createFile(parent.resolve("file")), "is no folder");
  }

  private static void assertRefused(Path folder, String why) {
    assertThatThrownBy(() -> PrivateFolder.at(folder))
        .isInstanceOf(PlatformException.class)
        .hasMessageStartingWith(folder + " " + why);
  }

  private Path withPermissions(String permissions) throws IOException {
    Path folder = Files.createDirectory(parent.resolve("folder"));
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
