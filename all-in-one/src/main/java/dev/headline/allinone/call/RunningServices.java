package dev.headline.allinone.call;

import dev.headline.allinone.platform.ProcessState;
import dev.headline.allinone.platform.State;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import java.util.List;

/**
 * The instances of a platform that another process can call, from what is written down of them.
 *
 * @param instances those that still run, whatever the topology
 */
record RunningServices(List<Instance> instances) {

  RunningServices {
    instances = List.copyOf(instances);
  }

  static RunningServices of(State state) {
    return new RunningServices(
        state.processes().stream()
            .filter(process -> isCallable(process) && process.runs())
            .map(RunningServices::instance)
            .toList());
  }

  /** Whether there is any instance of a service in a cluster. */
  boolean have(String service, String cluster) {
    return instances.stream()
        .anyMatch(each -> each.service().equals(service) && each.cluster().equals(cluster));
  }

  /** Finds them; to be closed by the caller. */
  Directory directory() {
    LocalDirectory directory = LocalDirectory.alone();
    instances.forEach(directory::register);
    return directory;
  }

  /** Not the gateway, which has no door, and not a server such as Redis, which has no cluster. */
  private static boolean isCallable(ProcessState process) {
    return !process.door().isEmpty() && !process.cluster().isEmpty();
  }

  private static Instance instance(ProcessState process) {
    return new Instance(
        process.name(),
        process.service(),
        process.cluster(),
        Address.parse(process.door()),
        Instance.DEFAULT_WEIGHT);
  }
}
