package dev.headline.rpc.fault;

import dev.headline.infra.junit.TestFolder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Some instances of one service in one cluster, each a process. */
final class Fleet implements AutoCloseable {

  static final String SERVICE = "user-service";

  private final TestFolder folder = TestFolder.create();
  private final List<ServerProcess> processes = new ArrayList<>();

  private Fleet() {}

  /** Instances that nobody is told of: a test makes them known, or a way to them. */
  static Fleet of(int count) {
    return start(count, "default", List.of("headline.rpc.directory=local"));
  }

  /** Instances that make themselves known in Consul. */
  static Fleet knownTo(URI consul, String cluster, int count) {
    return start(
        count, cluster, List.of("headline.rpc.consul=" + consul, "headline.rpc.spread=500ms"));
  }

  /**
   * Instances with properties of their own; returns once all serve.
   *
   * @param properties as {@code name=value}
   */
  static Fleet start(int count, String cluster, List<String> properties) {
    Fleet fleet = new Fleet();
    try {
      IntStream.rangeClosed(1, count)
          .mapToObj(number -> SERVICE + "-" + cluster + "-" + number)
          .map(id -> ServerProcess.start(id, cluster, fleet.folder.path(), properties))
          .forEach(fleet.processes::add);
      fleet.processes.forEach(ServerProcess::awaitReady);
      return fleet;
    } catch (RuntimeException e) {
      fleet.close();
      throw e;
    }
  }

  /** The instance of that number, from one. */
  ServerProcess get(int number) {
    return processes.get(number - 1);
  }

  List<ServerProcess> all() {
    return List.copyOf(processes);
  }

  /** What all of them have seen together. */
  Counts counts() {
    return processes.stream().map(ServerProcess::counts).reduce(new Counts(0, 0, 0), Counts::plus);
  }

  void behave(Behaviour behaviour) {
    processes.forEach(process -> process.behave(behaviour));
  }

  @Override
  public void close() {
    // Each takes a moment to leave in order; together they take one.
    processes.parallelStream().forEach(ServerProcess::kill);
    folder.close();
  }
}
