package dev.headline.rpc.load;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Runs plans. Each field starts as soon as its keys are known, whatever its siblings do; it is
 * loaded in one batch, split only above its maximum. Only the loads beside each other are forked,
 * and the last of them runs on the thread that is there already. Safe for use by many threads.
 *
 * <p>The {@code DaoLoad} in Toutiao's article on its Go microservices waits for all basic loads
 * before the first sub load starts; this does not.
 */
public final class LoadRunner {

  private final LongSupplier nanoClock;

  /** A runner that measures by the clock of the system. */
  public LoadRunner() {
    this(System::nanoTime);
  }

  /**
   * A runner.
   *
   * @param nanoClock the time in nanoseconds since any moment, for {@link Loaded#explain}
   */
  public LoadRunner(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /**
   * Loads what is planned, within {@link RequestContext#current()}. Returns when all is there or
   * the deadline has passed, and then with what has come until then; loads that are still out are
   * cancelled and not waited for, unless one that ignores the cancellation has the caller's own
   * thread (see {@link FieldLoader#aside}). Nothing is interrupted.
   *
   * @param keys primary keys; without any, no call is made
   * @throws RpcException if no call for the root was answered, with the reason: the other fields
   *     have no place to stand then; or CANCELLED if the client has left
   */
  public <K> Loaded run(LoadPlan<K> plan, Set<? extends K> keys) {
    RequestContext request = RequestContext.current();
    request.check();
    // The scope ends the calls that are still out when what there is suffices.
    try (Scope scope = request.part()) {
      return new LoadRun(plan, request, scope, nanoClock).run(Keys.copyOf(keys));
    }
  }
}
