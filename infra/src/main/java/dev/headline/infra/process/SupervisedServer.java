package dev.headline.infra.process;

import dev.headline.infra.Endpoint;
import dev.headline.infra.Server;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What all servers share: one child process at a time, and its faults. */
public abstract class SupervisedServer implements Server {

  private static final Duration READY = Duration.ofSeconds(30);

  private final String name;
  private final Endpoint endpoint;
  private final Path log;
  private volatile @Nullable ChildProcess process;

  /** A server that does not run yet. */
  protected SupervisedServer(String name, Endpoint endpoint, Path log) {
    this.name = name;
    this.endpoint = endpoint;
    this.log = log;
  }

  /** Clears away what an earlier start has left; called before every start. */
  protected void prepare() {}

  /** How to start it now; asked at every start. */
  protected abstract Launch launch();

  /** Whether it answers; asked again and again, so a refused connection is {@code false}. */
  protected abstract boolean answers();

  /** Starts it and waits until it answers; leaves no process behind if that fails. */
  protected final void start() {
    prepare();
    ChildProcess started = ChildProcess.start(launch());
    process = started;
    try {
      started.awaitReady(READY, this::answers);
    } catch (RuntimeException failure) {
      started.stop();
      throw failure;
    }
  }

  private ChildProcess process() {
    ChildProcess current = process;
    if (current == null) {
      throw new IllegalStateException(name + " was never started");
    }
    return current;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public final long pid() {
    return process().pid();
  }

  @Override
  public final boolean isAlive() {
    ChildProcess current = process;
    return current != null && current.isAlive();
  }

  @Override
  public final Path log() {
    return log;
  }

  @Override
  public final void kill() {
    process().kill();
  }

  @Override
  public final void pause() {
    process().pause();
  }

  @Override
  public final void resume() {
    process().resume();
  }

  @Override
  public final void restart() {
    close();
    start();
  }

  @Override
  public final void close() {
    ChildProcess current = process;
    if (current != null) {
      current.stop();
    }
  }

  @Override
  public String toString() {
    return name + " at " + endpoint;
  }
}
