package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Placement;
import dev.headline.allinone.topology.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The instances that run, in the order in which they started. They are started and stopped by one
 * thread at a time; any thread can look at them.
 */
final class Instances {

  private final Consumer<String> progress;
  private final List<RunningInstance> running = new CopyOnWriteArrayList<>();

  /**
   * @param progress told what goes on, a line at a time
   */
  Instances(Consumer<String> progress) {
    this.progress = progress;
  }

  List<RunningInstance> all() {
    return List.copyOf(running);
  }

  /**
   * Starts instances and blocks until all of them are ready. Starting is mostly the JVM's own work,
   * so it is done side by side and waited for afterwards.
   *
   * @param step runs the start of one instance, or throws if it is too late for one
   */
  void startTogether(
      List<Placement> placements,
      Function<Placement, RunningInstance> launch,
      Consumer<Runnable> step) {
    List<RunningInstance> started = new ArrayList<>();
    for (Placement placement : placements) {
      progress.accept("Starting " + placement.instance());
      step.accept(
          () -> {
            RunningInstance instance = launch.apply(placement);
            running.add(instance);
            started.add(instance);
          });
    }
    for (RunningInstance instance : started) {
      instance.awaitReady();
      progress.accept(instance.placement().instance() + " is ready");
    }
  }

  /**
   * Stops instances and blocks until all of them have ended. Stopping is mostly waiting, for news
   * to spread and calls to end, so it is done side by side.
   */
  void closeTogether(Predicate<Service> which) {
    List<RunningInstance> leaving =
        running.stream().filter(one -> which.test(one.placement().service())).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (RunningInstance instance : leaving) {
        progress.accept("Stopping " + instance.placement().instance());
        threads.execute(instance::close);
      }
    }
    running.removeAll(leaving);
  }
}
