package dev.headline.rpc.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the last list of each service in a file, for a process that starts while Consul is down.
 * Processes may share a folder: files are replaced whole. A list that cannot be kept or recalled is
 * no reason to fail.
 *
 * @param folder where the files are, or null to keep nothing
 */
record Memory(@Nullable Path folder) {

  private static final Logger LOG = LoggerFactory.getLogger(Memory.class);

  void keep(String service, List<Instance> instances) {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, service, ".draft");
      try {
        Files.writeString(draft, ConsulFormat.write(instances));
        Files.move(draft, folder.resolve(service + ".json"), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      LOG.warn("The list of {} is not kept in {}: {}", service, folder, e.toString());
    }
  }

  /** What was kept last, or nothing. */
  List<Instance> recall(String service) {
    if (folder == null) {
      return List.of();
    }
    Path file = folder.resolve(service + ".json");
    try {
      return ConsulFormat.read(service, Files.readString(file)).instances();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      LOG.warn("The list of {} cannot be recalled from {}: {}", service, file, e.toString());
      return List.of();
    }
  }
}
