package dev.headline.allinone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.infra.process.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HomeTest {

  private static final Account ORDINARY = new Account(false);
  private static final Account ROOT = new Account(true);

  @Test
  void anOrdinaryUserHasTheDataInTheHome(@TempDir Path folder) {
    assertThat(new Home(folder).data(ORDINARY)).isEqualTo(folder.resolve("data"));
  }

  @Test
  void whereTheServersUserCannotGoTheDataIsElsewhereAndAlwaysThere(@TempDir Path folder)
      throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    Path data = new Home(folder).data(ROOT);

    assertThat(data).startsWithRaw(Path.of("/var/tmp")).isEqualTo(new Home(folder).data(ROOT));
    assertThat(new Home(folder.resolve("other")).data(ROOT)).isNotEqualTo(data);
  }

  @Test
  void aFolderWithFilesOfOthersIsRefusedAndLeftAlone(@TempDir Path folder) throws IOException {
    Path thesis = Files.createFile(folder.resolve("thesis.txt"));

    assertThatThrownBy(() -> new Home(folder).create())
        .isInstanceOf(PlatformException.class)
        .hasMessage(
            "%s holds files that are not a platform's, such as thesis.txt: choose an empty folder",
            folder);
    assertThat(folder)
        .isDirectoryContaining(thesis::equals)
        .isDirectoryNotContaining("glob:**/data-folder");
  }

  @Test
  void aHomeIsKnownByItsMarkAlsoWhenThereIsMoreInIt(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("logs"));
    for (String file : new String[] {"lock", "topology", "processes"}) {
      Files.createFile(folder.resolve(file));
    }
    new Home(folder).create();
    Files.createFile(folder.resolve("notes.txt"));

    assertThat(new Home(folder).create().folder().resolve("data-folder")).exists();
  }

  @Test
  void socketsHaveShortPathsEvenIfTheHomeHasALongOne(@TempDir Path folder) throws IOException {
    Path sockets = new Home(folder.resolve("x".repeat(100))).sockets();

    assertThat(sockets.toString().length()).isLessThan(80);
    assertThat(sockets).isDirectory();
    Files.delete(sockets);
  }

  @Test
  void socketsAreNotPutWhereSomebodyElseCouldWait(@TempDir Path folder) throws IOException {
    Home home = new Home(folder.resolve("x".repeat(100)));
    Path sockets = home.sockets();
    assertThat(Files.getPosixFilePermissions(sockets))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    Files.delete(sockets);
    Files.createSymbolicLink(sockets, Files.createDirectory(folder.resolve("theirs")));
    try {
      assertThatThrownBy(home::sockets)
          .isInstanceOf(PlatformException.class)
          .hasMessageStartingWith(sockets + " is no folder, and is to be a private folder");
    } finally {
      Files.delete(sockets);
    }
  }
}
