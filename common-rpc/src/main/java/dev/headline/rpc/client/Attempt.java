package dev.headline.rpc.client;

import dev.headline.rpc.Phase;
import dev.headline.rpc.Phases;
import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on the wire: how far it has come, and when it came there. gRPC tells it by a tracer:
 * {@code streamCreated} (there is a connection) → {@code outboundHeaders} (the event loop has
 * written it) → {@code inboundHeaders} (the first byte of the reply) → {@code streamClosed}.
 *
 * <p>Written by the caller's thread and by one event loop, and read by the {@link PhaseWatch}.
 */
final class Attempt extends ClientStreamTracer {

  /** Under which an attempt hands itself to gRPC. */
  static final CallOptions.Key<Attempt> KEY = CallOptions.Key.create("headline-attempt");

  /** Finds the attempt again, so that the options that all attempts share can hold it. */
  static final ClientStreamTracer.Factory TRACER =
      new ClientStreamTracer.Factory() {
        @Override
        public ClientStreamTracer newClientStreamTracer(StreamInfo info, Metadata headers) {
          return info.getCallOptions().getOption(KEY);
        }
      };

  private final LongSupplier nanoClock;
  private final boolean large;
  private final long start;
  private volatile @Nullable ClientCall<?, ?> wire;
  // When it came so far, after its start and at least 1; 0 if it has not.
  private volatile long connected;
  private volatile long written;
  private volatile long firstByte;
  private volatile long end;
  private volatile boolean sent;
  private volatile boolean answered;
  private volatile @Nullable Phase overdue;
  private @Nullable Phase seen;
  private long seenAt;
  private long seenFor;

  /**
   * @param large whether the request takes so long to write that {@link #bodyWritten} says when it
   *     is done; otherwise it goes out with its head
   */
  Attempt(boolean large, LongSupplier nanoClock) {
    this.large = large;
    this.nanoClock = nanoClock;
    this.start = nanoClock.getAsLong();
  }

  /** The attempt is on its way by this call. */
  void begin(ClientCall<?, ?> call) {
    wire = call;
  }

  /** Whether the request takes so long to write that somebody has to say when it is done. */
  boolean isLarge() {
    return large;
  }

  /** Nothing more will come. */
  void finish() {
    end = sinceStart();
    wire = null;
  }

  boolean isOver() {
    return end != 0;
  }

  /** Ends the attempt, because a part of it has taken too long. From any thread. */
  void giveUp(Phase part) {
    ClientCall<?, ?> call = wire;
    if (call != null) {
      overdue = part;
      call.cancel("Too long in the phase " + part, null);
    }
  }

  /** The part whose own limit has ended this attempt; null if none has. */
  @Nullable Phase overdue() {
    return overdue;
  }

  /** Whether anything of it may have reached the server. */
  boolean isSent() {
    return sent;
  }

  /** Whether the server has begun to answer. */
  boolean isHeard() {
    return firstByte != 0;
  }

  /** Whether it was the server that ended it, and not this side. */
  boolean isAnswered() {
    return answered;
  }

  /** Where it is now, or where it was at its end. */
  Phase phase() {
    if (firstByte != 0) {
      return Phase.READ;
    }
    if (written != 0) {
      return Phase.WAIT;
    }
    return connected == 0 ? Phase.CONNECT : Phase.WRITE;
  }

  /**
   * How long it has been seen where it is now. What lies between two looks counts for no more than
   * {@code most}: when the looks themselves are late, this process was stalled, and that is not the
   * peer's fault. For whoever looks, one at a time.
   *
   * @param part where it is now
   * @return in nanoseconds
   */
  long seenIn(Phase part, long most) {
    long now = sinceStart() - Math.max(connected, Math.max(written, firstByte));
    long unseen = part == seen ? now - seenAt : now;
    seenFor = (part == seen ? seenFor : 0) + Math.clamp(unseen, 0, most);
    seen = part;
    seenAt = now;
    return seenFor;
  }

  Phases phases() {
    long over = end == 0 ? sinceStart() : end;
    long read = firstByte == 0 ? over : firstByte;
    long wait = written == 0 ? read : Math.min(written, read);
    long write = connected == 0 ? wait : Math.min(connected, wait);
    return new Phases(write, wait - write, read - wait, over - read);
  }

  /** The last byte of a large request has been written. */
  void bodyWritten() {
    if (written == 0) {
      written = sinceStart();
    }
  }

  @Override
  public void streamCreated(Attributes transport, Metadata headers) {
    connected = sinceStart();
  }

  @Override
  public void outboundHeaders() {
    sent = true;
    if (!large) {
      written = sinceStart();
    }
  }

  @Override
  public void inboundHeaders() {
    firstByte = sinceStart();
  }

  @Override
  public void inboundTrailers(Metadata trailers) {
    answered = true;
    if (firstByte == 0) {
      firstByte = sinceStart();
    }
  }

  @Override
  public void streamClosed(Status status) {
    // The caller says when it is over, because a call that never had a stream closes none.
  }

  private long sinceStart() {
    return Math.max(1, nanoClock.getAsLong() - start);
  }
}
