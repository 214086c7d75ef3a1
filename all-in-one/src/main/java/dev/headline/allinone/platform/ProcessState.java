package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is written down about one process.
 *
 * @param name of the instance or the server, which is also the name of its log
 * @param service what it is an instance of
 * @param cluster the cluster it is in; empty for a server such as Redis
 * @param pid its process id; instances in one JVM share one
 * @param startTicks when it started, in the kernel's clock ticks since boot: together with the
 *     process id it names one process for ever. 0 if the system does not say.
 * @param rpc where it is called, as an address; empty for the gateway
 * @param door where another process can call it: the same, but for an address within a process
 * @param management where its health and metrics are; empty for a server such as Redis
 * @param log the file it writes to
 */
public record ProcessState(
    String name,
    String service,
    String cluster,
    long pid,
    long startTicks,
    String rpc,
    String door,
    String management,
    String log) {

  /** The platform's own process. */
  static ProcessState ofThisJvm(Path log) {
    long pid = ProcessHandle.current().pid();
    return new ProcessState(
        "platform", "platform", "", pid, startTicksOf(pid), "", "", "", log.toString());
  }

  /** An instance of a service, alone in its process or not. */
  static ProcessState of(RunningInstance instance) {
    Placement placement = instance.placement();
    return new ProcessState(
        placement.instance(),
        placement.service().serviceName(),
        Placement.CLUSTER,
        instance.pid(),
        startTicksOf(instance.pid()),
        placement.rpc().map(Object::toString).orElse(""),
        instance.door(),
        placement.managementUrl(),
        instance.log().toString());
  }

  /** Whether this very process still runs, not another one that was given its number. */
  public boolean runs() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
        && startTicks == startTicksOf(pid);
  }

  /** One line for the shell. */
  String row() {
    return String.join(
        "\t", Long.toString(pid), Long.toString(startTicks), name, log, service, door);
  }

  static long startTicksOf(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      // After the name, which is in parentheses and may itself contain spaces, field 22 is the
      // 20th.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[19]);
    } catch (IOException goneOrNoProcFolder) {
      return 0;
    }
  }
}
