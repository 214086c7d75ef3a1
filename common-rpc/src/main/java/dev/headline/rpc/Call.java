package dev.headline.rpc;

import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through a chain. It is mutable and belongs to one thread at a time: links
 * write into it what the links after them need, and nothing is looked up twice.
 *
 * @param <Q> the request message
 * @param <R> the reply message
 */
public final class Call<Q, R> {

  private final MethodDescriptor<Q, R> method;
  private final Q request;
  private final Metadata headers;
  private Target target;
  private Origin origin = Origin.UNKNOWN;
  private @Nullable Deadline deadline;
  private @Nullable Connection connection;
  private @Nullable Tried tried;
  private AttemptKind kind = AttemptKind.FIRST;
  private int attempt = 1;
  private boolean repeatable;
  private @Nullable Phases phases;
  private @Nullable OpenEntry entry;
  private @Nullable OpenLedger ledger;
  private @Nullable Verdict verdict;
  private @Nullable Notes notes;
  private @Nullable Metadata told;
  private long queuedNanos;

  /**
   * @param method what is called
   * @param request with what
   * @param target what is known of such calls
   * @param headers what travels beside the request; links may add to it
   */
  public Call(MethodDescriptor<Q, R> method, Q request, Target target, Metadata headers) {
    this.method = method;
    this.request = request;
    this.target = target;
    this.headers = headers;
  }

  /** What is called. */
  public MethodDescriptor<Q, R> method() {
    return method;
  }

  /** The message that is sent. */
  public Q request() {
    return request;
  }

  /** What travels beside the request. Not safe for use by two threads. */
  public Metadata headers() {
    return headers;
  }

  /** What is known of all calls with the same five-tuple. */
  public Target target() {
    return target;
  }

  /** Replaces what is known, once a link knows better who calls or where to. */
  public void target(Target better) {
    target = better;
  }

  /** Where the request comes from, on a server; on a client, its context knows. */
  public Origin origin() {
    return origin;
  }

  /** Sets where the request comes from. */
  public void origin(Origin found) {
    origin = found;
  }

  /** When the reply is useless; null if never. */
  public @Nullable Deadline deadline() {
    return deadline;
  }

  /** Sets when the reply is useless; null if never. */
  public void deadline(@Nullable Deadline absolute) {
    deadline = absolute;
  }

  /**
   * The chosen instance and the channel to it; null until one is picked, and always on a server.
   */
  public @Nullable Connection connection() {
    return connection;
  }

  /** Sets the chosen instance; null before an attempt chooses one of its own. */
  public void connection(@Nullable Connection chosen) {
    connection = chosen;
  }

  /** Where attempts of this call have gone; null if there can be only one. */
  public @Nullable Tried tried() {
    return tried;
  }

  /** Sets where attempts are noted. */
  public void tried(Tried instances) {
    tried = instances;
  }

  /** Why this attempt is made. */
  public AttemptKind kind() {
    return kind;
  }

  /**
   * Which try this is, from 1. What a link of the chain has refused has not left this process and
   * is no try: so whatever is above 1 is a repetition of something that the callee may have seen.
   */
  public int attempt() {
    return attempt;
  }

  /** Sets which try this is, from 1, and why it is made. */
  public void attempt(int number, AttemptKind why) {
    attempt = number;
    kind = why;
  }

  /** Whether, as things are, another attempt would be made if this one failed. */
  public boolean repeatable() {
    return repeatable;
  }

  /** Sets whether another attempt would be made if this one failed. */
  public void repeatable(boolean another) {
    repeatable = another;
  }

  /** What the server decided at its door; null if nobody has asked, and always on a client. */
  public @Nullable Verdict verdict() {
    return verdict;
  }

  /** Sets what the server decided at its door. */
  public void verdict(Verdict decided) {
    verdict = decided;
  }

  /**
   * How long each part of the last attempt took; null before its end, and where the policy wants no
   * such detail.
   */
  public @Nullable Phases phases() {
    return phases;
  }

  /** Sets how long each part of the last attempt took. */
  public void phases(Phases taken) {
    phases = taken;
  }

  /** Where a client notes what this call takes of its request's time; null if nowhere. */
  public @Nullable OpenEntry entry() {
    return entry;
  }

  /** Sets where a client notes what this call takes of its request's time. */
  public void entry(OpenEntry opened) {
    entry = opened;
  }

  /** Where a server notes what becomes of the time of this call; null on a client. */
  public @Nullable OpenLedger ledger() {
    return ledger;
  }

  /** Sets where a server notes what becomes of the time of this call. */
  public void ledger(OpenLedger opened) {
    ledger = opened;
  }

  /** How long its attempts have waited for their turns, in nanoseconds; not a hedge that lost. */
  public long queuedNanos() {
    return queuedNanos;
  }

  /** Notes that an attempt has waited for its turn. */
  public void addQueued(long nanos) {
    queuedNanos += nanos;
  }

  /** What the callee said beside the end of the last attempt; null on a server, and before that. */
  public @Nullable Metadata told() {
    return told;
  }

  /** Sets what the callee said beside the end of the last attempt. */
  public void told(@Nullable Metadata trailers) {
    told = trailers;
  }

  /** What is said beside its messages, on a server; null before its headers are read. */
  public @Nullable Notes notes() {
    return notes;
  }

  /** Sets where it is noted what is said beside its messages. */
  public void notes(Notes kept) {
    notes = kept;
  }

  /**
   * A call of its own with the same request, for an attempt that runs beside this one. Its headers
   * are a copy; where attempts are noted is shared.
   */
  public Call<Q, R> copy() {
    var beside = new Metadata();
    beside.merge(headers);
    var copy = new Call<>(method, request, target, beside);
    copy.deadline = deadline;
    copy.tried = tried;
    copy.kind = kind;
    copy.attempt = attempt;
    copy.entry = entry;
    return copy;
  }
}
