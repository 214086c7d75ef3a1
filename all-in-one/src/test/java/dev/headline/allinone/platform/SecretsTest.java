package dev.headline.allinone.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {

  private final Path folder;

  SecretsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aPasswordStaysTheSameAsLongAsTheFileIsThere() throws IOException {
    Path file = folder.resolve("secrets");
    String first = new Secrets(file).password("one");

    assertThat(new Secrets(file).password("one")).isEqualTo(first).hasSize(32);
    assertThat(new Secrets(file).password("two")).isNotEqualTo(first);

    Files.delete(file);
    assertThat(new Secrets(file).password("one")).isNotEqualTo(first);
  }

  @Test
  void aKeyHas32BytesAndStaysTheSameToo() {
    Path file = folder.resolve("secrets");
    String key = new Secrets(file).key("session");

    assertThat(Base64.getDecoder().decode(key)).hasSize(32);
    assertThat(new Secrets(file).key("session")).isEqualTo(key);
  }

  @Test
  void onlyTheOwnerCanReadThem() throws IOException {
    Path file = folder.resolve("secrets");
    new Secrets(file).password("one");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
