package dev.headline.rpc.load;

import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a plan. Whoever takes the last reply of a field starts what needs it: all but one of
 * the calls on new threads, and that one itself. So nobody coordinates, and the caller, once it has
 * no call left to make, waits for a single signal.
 */
final class LoadRun {

  private static final Logger LOG = LoggerFactory.getLogger(LoadRun.class);

  private final LoadPlan<?> plan;
  private final RequestContext request;
  private final Scope scope;
  private final LongSupplier clock;
  private final List<NodeRun<?, ?>> nodes;
  private final AtomicInteger unsettled;
  private final Signal over = new Signal();

  /** A run in a scope of its own, whose end ends the calls that are still out. */
  LoadRun(LoadPlan<?> plan, RequestContext request, Scope scope, LongSupplier clock) {
    this.plan = plan;
    this.request = request;
    this.scope = scope;
    this.clock = clock;
    this.nodes = new ArrayList<>(plan.nodes().size());
    plan.nodes().forEach(node -> nodes.add(NodeRun.of(node)));
    this.unsettled = new AtomicInteger(nodes.size());
  }

  Loaded run(Keys<?> primary) {
    long began = clock.getAsLong();
    scope.context().run(() -> follow(startBasics(primary), true));
    over.await(request);
    return close(began);
  }

  private List<? extends Batch<?, ?>> startBasics(Keys<?> primary) {
    var ready = new ArrayList<Batch<?, ?>>();
    for (PlanNode basic : plan.basics()) {
      ready.addAll(start(nodes.get(basic.index()), primary));
    }
    return ready;
  }

  /** Makes these calls, and whatever comes of the last of them, until nothing is left for us. */
  private void follow(List<? extends Batch<?, ?>> ready, boolean onCaller) {
    List<? extends Batch<?, ?>> next = ready;
    while (!next.isEmpty() && !scope.context().isCancelled()) {
      Batch<?, ?> mine = forkAllButOne(next, onCaller);
      next = mine == null ? List.of() : perform(mine);
    }
  }

  private @Nullable Batch<?, ?> forkAllButOne(List<? extends Batch<?, ?>> ready, boolean onCaller) {
    Batch<?, ?> mine = null;
    for (Batch<?, ?> batch : ready) {
      if (!onCaller || !batch.node().node().loader().isAside()) {
        mine = batch;
      }
    }
    for (Batch<?, ?> batch : ready) {
      if (batch != mine) {
        var _ = scope.context().fork(() -> followAside(batch));
      }
    }
    return mine;
  }

  // Nobody joins a fork, so what it throws is given to the caller here.
  @SuppressWarnings("CatchingUnchecked")
  private boolean followAside(Batch<?, ?> batch) {
    try {
      follow(List.of(batch), false);
      return true;
    } catch (Throwable failure) {
      return over.fail(failure);
    }
  }

  /** Makes a call, and says which calls its reply makes possible. */
  private <K, V> List<Batch<?, ?>> perform(Batch<K, V> batch) {
    NodeRun<K, V> node = batch.node();
    if (!node.begin(clock.getAsLong())) {
      return List.of();
    }
    boolean settled;
    try {
      settled = node.answer(batch, batch.call(), clock.getAsLong());
    } catch (RuntimeException e) {
      // Whatever a loader throws is the reason why its field is missing, and not the end of others.
      settled = !isOver() && node.fail(batch, failure(node, e), clock.getAsLong());
    }
    return settled ? settle(node) : List.of();
  }

  /** Starts what needs this field. Called once for each field, when all its calls have ended. */
  private List<Batch<?, ?>> settle(NodeRun<?, ?> node) {
    if (node.node().index() == plan.rootIndex() && !node.isAnswered()) {
      scope.cancel("There is nothing to add to: " + node.node().field() + " is missing");
      over.give();
      return List.of();
    }
    var ready = new ArrayList<Batch<?, ?>>();
    for (PlanNode child : node.node().children()) {
      ready.addAll(startBelow(node, nodes.get(child.index())));
    }
    if (unsettled.decrementAndGet() == 0) {
      over.give();
    }
    return ready;
  }

  private List<? extends Batch<?, ?>> startBelow(NodeRun<?, ?> parent, NodeRun<?, ?> child) {
    Keys<?> keys;
    try {
      keys = child.keysFrom(parent.values());
    } catch (RuntimeException e) {
      // Keys are taken by the application's functions; this field is missing, and why is known.
      child.block(Outcome.FAILED, failure(child, e), clock.getAsLong());
      return settle(child);
    }
    RpcException failure = parent.failure();
    if (keys.distinct().isEmpty() && failure != null) {
      String reason = "It needs " + parent.node().field() + ", which is missing";
      child.block(Outcome.SKIPPED, new RpcException(failure.code(), reason), clock.getAsLong());
      return settle(child);
    }
    return start(child, keys);
  }

  private List<? extends Batch<?, ?>> start(NodeRun<?, ?> node, Keys<?> keys) {
    List<? extends Batch<?, ?>> calls = node.ask(keys, clock.getAsLong());
    return calls.isEmpty() ? settle(node) : calls;
  }

  // A call that fails because the request is over did not fail: nobody waited for it.
  private boolean isOver() {
    var deadline = request.deadline();
    return scope.context().isCancelled() || (deadline != null && deadline.isExpired());
  }

  private static RpcException failure(NodeRun<?, ?> node, RuntimeException thrown) {
    RpcException failure = RpcException.from(thrown);
    if (failure.code() == RpcCode.INTERNAL) {
      LOG.warn("{} could not be loaded", node.node().field(), thrown);
    }
    return failure;
  }

  private Loaded close(long began) {
    if (request.isCancelled() && request.failure().code() == RpcCode.CANCELLED) {
      throw request.failure();
    }
    NodeRun<?, ?> root = nodes.get(plan.rootIndex());
    if (!root.isAnswered()) {
      throw Objects.requireNonNullElseGet(root.failure(), request::failure);
    }
    long now = clock.getAsLong();
    var results = new ArrayList<NodeResult<?, ?>>(nodes.size());
    for (NodeRun<?, ?> node : nodes) {
      results.add(node.close(now, request::failure));
    }
    return new Loaded(plan, results, new LoadTimes(began, now));
  }
}
