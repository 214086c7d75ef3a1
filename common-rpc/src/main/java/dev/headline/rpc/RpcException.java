package dev.headline.rpc;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Why a call has no reply: a category for programs, and a sentence for people. A handler throws it
 * to refuse a call; a chain throws it when a call failed. The sentence crosses the wire, so it
 * holds nothing secret. It refuses Java's serialization.
 */
public final class RpcException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Percent-encoded, a sentence of so many characters has at most 4.5 KiB. */
  private static final int LONGEST_SENTENCE = 512;

  private final RpcCode code;
  private final Execution execution;
  private final transient Pushback pushback;
  private @Nullable Phase phase;
  private boolean ofCallee;
  private transient @Nullable Ledger ledger;

  /**
   * @param code the category; never {@link RpcCode#OK}
   * @param message a sentence for the person who reads the log of the caller
   */
  public RpcException(RpcCode code, String message) {
    this(code, message, null);
  }

  /**
   * @param code the category; never {@link RpcCode#OK}
   * @param message a sentence for the person who reads the log of the caller
   * @param cause what led to it; stays in this process
   */
  public RpcException(RpcCode code, String message, @Nullable Throwable cause) {
    this(code, message, cause, Execution.UNKNOWN, Pushback.NONE);
  }

  /**
   * @param code the category; never {@link RpcCode#OK}
   * @param message a sentence for the person who reads the log of the caller
   * @param cause what led to it; stays in this process
   * @param execution whether the call may have had an effect
   * @param pushback what the server says about trying again
   */
  public RpcException(
      RpcCode code,
      String message,
      @Nullable Throwable cause,
      Execution execution,
      Pushback pushback) {
    // A refusal is an ordinary thing under load, and a stack would be its dearest part.
    super(message, cause, true, execution == Execution.UNKNOWN);
    if (code == RpcCode.OK) {
      throw new IllegalArgumentException("OK is not a failure");
    }
    this.code = code;
    this.execution = execution;
    this.pushback = pushback;
  }

  /**
   * The refusal of a call that no handler has seen and that may be sent elsewhere.
   *
   * @param message a sentence that says what refused it, and why
   */
  public static RpcException refused(RpcCode code, String message) {
    return new RpcException(code, message, null, Execution.NOT_EXECUTED, Pushback.NONE);
  }

  /** The category of this failure. */
  public RpcCode code() {
    return code;
  }

  /** Whether the call may have had an effect. */
  public Execution execution() {
    return execution;
  }

  /** What the server says about trying again. */
  public Pushback pushback() {
    return pushback;
  }

  /** In which part of the attempt it failed; null if it did not fail on a client's way out. */
  public @Nullable Phase phase() {
    return phase;
  }

  /** Says in which part of the attempt it failed. For whoever makes it, before it is thrown. */
  public RpcException during(Phase part) {
    phase = part;
    return this;
  }

  /**
   * Whether a call that this process made to another service failed so, as opposed to a handler
   * that refuses what it was asked.
   */
  public boolean isOfCallee() {
    return ofCallee;
  }

  /** Says that a call to another service failed so. For whoever made that call. */
  public RpcException ofCallee() {
    ofCallee = true;
    return this;
  }

  /** Where the callee's time went, as it says itself; null if it said nothing. */
  public @Nullable Ledger ledger() {
    return ledger;
  }

  /** Says where the callee's time went. For whoever makes it, before it is thrown. */
  public RpcException with(Ledger told) {
    ledger = told;
    return this;
  }

  /**
   * This failure of a call whose handler has begun. That something behind the handler was not
   * executed does not make this call one that was not: told so, its caller would do it twice.
   */
  public RpcException executed() {
    return execution == Execution.UNKNOWN ? this : as(Execution.UNKNOWN, pushback, this);
  }

  /** This failure of a call that no server can have seen. */
  public RpcException notExecuted() {
    return execution == Execution.NOT_EXECUTED
        ? this
        : as(Execution.NOT_EXECUTED, pushback, getCause());
  }

  /**
   * This failure as one after which nobody is to try again, because whoever stood nearest to it has
   * done so, or may not any more.
   */
  public RpcException neverAgain() {
    return with(Pushback.NEVER);
  }

  /** This failure as one after which callers are to try again only as is said here. */
  public RpcException with(Pushback demanded) {
    return demanded.equals(pushback) ? this : as(execution, demanded, this);
  }

  private RpcException as(Execution now, Pushback after, @Nullable Throwable cause) {
    var other = new RpcException(code, String.valueOf(getMessage()), cause, now, after);
    other.phase = phase;
    other.ofCallee = ofCallee;
    other.ledger = ledger;
    return other;
  }

  /**
   * This failure as a gRPC status. Past 512 characters its sentence is cut: it travels
   * percent-encoded among the trailers, which gRPC bounds together.
   */
  public Status toStatus() {
    return Status.fromCode(code.toGrpc()).withDescription(shortened(getMessage())).withCause(this);
  }

  private static @Nullable String shortened(@Nullable String sentence) {
    if (sentence == null || sentence.length() <= LONGEST_SENTENCE) {
      return sentence;
    }
    int end = LONGEST_SENTENCE - 1;
    boolean splits = Character.isHighSurrogate(sentence.charAt(end - 1));
    return sentence.substring(0, splits ? end - 1 : end) + "…";
  }

  /**
   * The failure behind any throwable: this exception itself, a gRPC status, or else {@link
   * RpcCode#INTERNAL} with the throwable as its cause.
   */
  public static RpcException from(Throwable failure) {
    return switch (failure) {
      case RpcException known -> known;
      case StatusRuntimeException status -> of(status.getStatus(), status);
      case StatusException status -> of(status.getStatus(), status);
      default -> new RpcException(RpcCode.INTERNAL, failure.getClass().getSimpleName(), failure);
    };
  }

  /** The failure that a gRPC status other than OK stands for. */
  public static RpcException of(Status status, @Nullable Throwable cause) {
    return of(status, cause, Execution.UNKNOWN, Pushback.NONE);
  }

  /** The failure that a gRPC status other than OK stands for, with what is known beside it. */
  static RpcException of(
      Status status, @Nullable Throwable cause, Execution execution, Pushback pushback) {
    if (status.getCause() instanceof RpcException known) {
      return known;
    }
    String description = status.getDescription();
    return new RpcException(
        RpcCode.of(status.getCode()),
        description == null ? status.getCode().name() : description,
        cause,
        execution,
        pushback);
  }

  // Read back, it would have no pushback and break whoever asks for one.
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(RpcException.class.getName());
  }
}
