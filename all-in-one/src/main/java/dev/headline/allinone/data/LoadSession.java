package dev.headline.allinone.data;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One load from beginning to end, as a command-line program does it. */
final class LoadSession {

  private static final int IN_FLIGHT = 3;

  private LoadSession() {}

  /**
   * Loads a data set and tells the person what comes of it.
   *
   * @param directory finds the services
   * @param data what to load
   * @param badRows what was left out of it
   * @param out for the person
   * @return whether everything in the data set went in, now or earlier
   */
  static boolean run(Directory directory, Dataset data, List<BadRow> badRows, PrintWriter out) {
    var caller = new Caller(Batches.CALLER, "default");
    // Batches are sent again by Batches: in one place, and for as long as it takes.
    CallPolicy once =
        CallPolicy.within(Batches.PATIENCE).with(new RetryPolicy.Off()).with(new HedgePolicy.Off());
    var policies = new PolicyTable(once, List.of());
    var meters = new RpcMeters(new SimpleMeterRegistry());
    long start = System.nanoTime();
    Summary summary;
    try (var clients = new Clients(caller, directory, Governance.of(policies, meters))) {
      var batches = new Batches(IN_FLIGHT, LoadSession::pause, new Progress(out, System::nanoTime));
      summary = new Importer(Services.over(clients::channel), batches).load(data);
    }
    summary.print(out);
    badRows.forEach(row -> out.printf("left out %s%n", row));
    out.printf(
        "%s in %.1f s; %,d bad %s left out%n",
        summary.isComplete() ? "Loaded" : "Not everything could be loaded",
        Duration.ofNanos(System.nanoTime() - start).toMillis() / 1_000.0,
        badRows.size(),
        badRows.size() == 1 ? "row was" : "rows were");
    out.flush();
    return summary.isComplete();
  }

  private static void pause(Duration duration) {
    LockSupport.parkNanos(duration.toNanos());
  }
}
