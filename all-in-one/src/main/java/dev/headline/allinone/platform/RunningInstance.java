package dev.headline.allinone.platform;

import dev.headline.allinone.topology.Placement;
import java.nio.file.Path;

/** One instance of a service, started. */
public sealed interface RunningInstance extends AutoCloseable
    permits ChildInstance, ContextInstance {

  /** Where it runs. */
  Placement placement();

  /** The process it runs in. */
  long pid();

  /** Whether it has not ended. */
  boolean isAlive();

  /** Where another process can call it by RPC; empty for the gateway. */
  String door();

  /** The file it writes to. */
  Path log();

  /** Blocks until it is ready for requests; fails with the end of its log if that cannot be. */
  void awaitReady();

  /** Stops it in its orderly way: it drains, then ends. Does nothing if it has ended. */
  @Override
  void close();
}
