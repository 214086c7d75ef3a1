package dev.headline.rpc;

import dev.headline.rpc.transport.Timers;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a request carries wherever it goes in this process: the deadline, whether it is cancelled,
 * and who asked. It wraps {@link io.grpc.Context}, so that gRPC's own calls see the same deadline
 * and the same cancellation.
 *
 * <p>{@link #fork} is the only way to start a thread for a request: a thread started otherwise
 * would lose all of this. Nothing is ever interrupted, because an interrupt closes the socket that
 * a virtual thread is reading, and with it a pooled connection; work that blocks listens by {@link
 * #onCancel} instead.
 *
 * <p>Immutable but for being cancelled; safe for use by many threads.
 */
public final class RequestContext {

  private static final Context.Key<Origin> ORIGIN =
      Context.keyWithDefault("headline-origin", Origin.UNKNOWN);

  private static final Context.Key<Baggage> ONWARD = Context.key("headline-onward");

  private static final Context.Key<OpenLedger> LEDGER = Context.key("headline-ledger");

  private static final Context.Key<Notes> NOTES = Context.key("headline-notes");

  private final Context context;

  RequestContext(Context context) {
    this.context = context;
  }

  /** The context of the running thread; one without a deadline if nobody opened any. */
  public static RequestContext current() {
    return new RequestContext(Context.current());
  }

  /**
   * Opens the context of a request that enters the platform here, such as an HTTP request at the
   * gateway.
   *
   * @param origin who asks, and what comes along; this process brings it, so what is transient
   *     still goes to the next service
   * @param budget until the deadline; positive
   */
  public static Scope open(Origin origin, Duration budget) {
    var ledger = new OpenLedger(after(budget), false, System::nanoTime);
    Context context =
        Context.ROOT.withValues(
            ORIGIN, origin, ONWARD, origin.baggage(), LEDGER, ledger, NOTES, new Notes());
    return scope(context, budget);
  }

  /** Opens the context of a request that brings nothing along. */
  public static Scope open(Caller caller, Duration budget) {
    return open(Origin.of(caller), budget);
  }

  /**
   * Opens the context of work that nobody asked for and that goes on until it is cancelled, such as
   * following changes.
   *
   * @param self who works, as its callees see it
   */
  public static Scope background(Caller self) {
    return new Scope(Context.ROOT.withValue(ORIGIN, Origin.of(self)).withCancellation());
  }

  /** A part of this request with less time; it also ends when this one does. */
  public Scope within(Duration budget) {
    return scope(context, budget);
  }

  /** A part of this request that ends at a deadline, or when this one does. */
  public Scope until(Deadline deadline) {
    return new Scope(context.withDeadline(deadline, Timers.scheduler()));
  }

  /** A part of this request that may be cancelled alone; it also ends when this one does. */
  public Scope part() {
    return new Scope(context.withCancellation());
  }

  /**
   * What this request carries, for work that is shared with other requests or outlives this one: it
   * has no deadline and does not end when this one does, so whoever starts it bounds it.
   */
  public RequestContext detached() {
    return new RequestContext(context.fork());
  }

  /** This request as one of another origin; what is transient goes no further. */
  public RequestContext from(Origin origin) {
    return from(origin, ledger(), notes());
  }

  /** This request with other baggage for the services that it calls. */
  public RequestContext with(Baggage onward) {
    return new RequestContext(context.withValue(ONWARD, onward));
  }

  /**
   * This request with notes of its own for what callees tell, so that calls made at once can be
   * told apart. High-water marks, fallbacks' replies and what the caller is told are noted for the
   * whole request as well.
   */
  public RequestContext apart() {
    Notes notes = NOTES.get(context);
    return new RequestContext(context.withValue(NOTES, notes == null ? new Notes() : notes.part()));
  }

  /**
   * This request as one that came from elsewhere.
   *
   * @param origin who asks, and what came along; what is transient goes no further
   * @param ledger where it is noted what becomes of its time; null if nowhere
   * @param notes what is said beside its messages
   */
  public RequestContext from(Origin origin, @Nullable OpenLedger ledger, Notes notes) {
    Baggage onward = origin.baggage().onward();
    return new RequestContext(
        context.withValues(ORIGIN, origin, ONWARD, onward, LEDGER, ledger, NOTES, notes));
  }

  /** When the answer is useless; null if never. */
  public @Nullable Deadline deadline() {
    return context.getDeadline();
  }

  /** Where it is noted what becomes of the time of this request; null if nobody opened it. */
  public @Nullable OpenLedger ledger() {
    return LEDGER.get(context);
  }

  /** Who asked, and what came along. */
  public Origin origin() {
    return ORIGIN.get(context);
  }

  /**
   * What goes along to the services that this request calls: what is persistent of what came, and
   * what this process {@linkplain #with(Baggage) added}.
   */
  public Baggage onward() {
    Baggage onward = ONWARD.get(context);
    return onward == null ? Baggage.EMPTY : onward;
  }

  /**
   * What is said beside the messages of this request: from its handler to its caller, and from its
   * callees to it. Nobody keeps the notes of work that nobody asked for, unless {@link #apart}.
   */
  public Notes notes() {
    Notes notes = NOTES.get(context);
    return notes == null ? new Notes() : notes;
  }

  /** Who asked. */
  public Caller caller() {
    return origin().caller();
  }

  /** Whether the deadline has passed or the client has left. */
  public boolean isCancelled() {
    return context.isCancelled();
  }

  /** Returns if the request is still wanted, and throws what {@link #failure()} gives if not. */
  public void check() {
    if (context.isCancelled()) {
      throw failure();
    }
  }

  /** Why this request is over; only for one that is. */
  public RpcException failure() {
    Throwable cause = context.cancellationCause();
    if (cause instanceof TimeoutException) {
      return new RpcException(RpcCode.DEADLINE_EXCEEDED, "The deadline of the request has passed");
    }
    return new RpcException(RpcCode.CANCELLED, "The request was cancelled", cause);
  }

  /**
   * Runs an action once this request is cancelled; at once if it is already. The action runs on the
   * thread that cancels, so it must not block.
   *
   * @return takes the action back when closed
   */
  public Subscription onCancel(Runnable action) {
    Context.CancellationListener listener = cancelled -> action.run();
    context.addListener(listener, Runnable::run);
    return () -> context.removeListener(listener);
  }

  /** Runs work on this thread, within this request. */
  public <T extends @Nullable Object> T call(Supplier<T> work) {
    Context previous = context.attach();
    try {
      return work.get();
    } finally {
      context.detach(previous);
    }
  }

  /** Runs work on this thread, within this request. */
  public void run(Runnable work) {
    context.run(work);
  }

  /** Runs work on a new virtual thread, within this request. */
  public <T> Fork<T> fork(Supplier<T> work) {
    return Fork.start(this, work);
  }

  private static Scope scope(Context parent, Duration budget) {
    if (!budget.isPositive()) {
      throw new IllegalArgumentException("A request needs some time, but has " + budget);
    }
    return new Scope(parent.withDeadline(after(budget), Timers.scheduler()));
  }

  private static Deadline after(Duration budget) {
    return Deadline.after(budget.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Takes back what was added. */
  public interface Subscription extends AutoCloseable {

    @Override
    void close();
  }
}
