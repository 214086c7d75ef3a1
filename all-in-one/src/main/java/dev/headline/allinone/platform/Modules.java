package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Service;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The Maven modules as they were built.
 *
 * @param repository the folder that has a folder for each module
 */
public record Modules(Path repository) {

  public Modules {
    repository = repository.toAbsolutePath().normalize();
  }

  /** The repository that this process was started in, or in a folder of. */
  public static Modules here() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve(Service.GATEWAY.serviceName()))) {
      if (folder.getParent() == null) {
        throw new PlatformException(
            "Start this in the repository, not in " + Path.of("").toAbsolutePath());
      }
      folder = folder.getParent();
    }
    return new Modules(folder);
  }

  /** What a service runs from: its jar and the libraries beside it, and nothing of its siblings. */
  String classPath(Service service) {
    String module = service.serviceName();
    Path target = repository.resolve(module).resolve("target");
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, module + "-*.jar")) {
      for (Path jar : jars) {
        if (Files.isDirectory(target.resolve("lib"))) {
          return jar + ":" + target.resolve("lib") + "/*";
        }
      }
    } catch (IOException notBuilt) {
      throw new PlatformException(module + " is not built: mvn package", notBuilt);
    }
    throw new PlatformException(module + " has no jar in " + target + ": mvn package");
  }
}
