package dev.headline.rpc.telemetry;

/** What RPC metrics are called. Their labels are with {@link RpcMeters}. */
public final class MetricNames {

  /** What the caller waited for, all attempts together. The name is OpenTelemetry's. */
  public static final String CLIENT_DURATION = "rpc.client.call.duration";

  /** What the server took, from the whole request to the reply. The name is OpenTelemetry's. */
  public static final String SERVER_DURATION = "rpc.server.call.duration";

  /** One attempt, from the choice of an instance to its answer; also has the label kind. */
  public static final String ATTEMPT_DURATION = "rpc.client.attempt.duration";

  /**
   * One phase of an attempt that came to it; instead of a code it has the label phase. Taken of a
   * part of the attempts, unless all detail is wanted.
   */
  public static final String PHASE_DURATION = "rpc.client.phase.duration";

  /** What links of a client did other than passing a call on; has the labels link and outcome. */
  public static final String CLIENT_DECISIONS = "rpc.client.decisions";

  /** What links of a server did other than passing a call on; has the labels link and outcome. */
  public static final String SERVER_DECISIONS = "rpc.server.decisions";

  /** How many five-tuples share the series labelled {@code overflow}; has the label side. */
  public static final String OVERFLOW = "rpc.meters.overflow";

  /** How many calls a client has out. */
  public static final String CLIENT_IN_FLIGHT = "rpc.client.in_flight";

  /** How many calls a client may have out. */
  public static final String CLIENT_LIMIT = "rpc.client.limit";

  /** How many calls wait in a client for their turn. */
  public static final String CLIENT_WAITING = "rpc.client.waiting";

  /** A client's breaker: 0 closed, 1 half open, 2 open. */
  public static final String BREAKER_STATE = "rpc.client.breaker.state";

  /** How many further attempts could be paid now. */
  public static final String RETRY_BUDGET = "rpc.client.retry.budget";

  /** How many instances a client passes over because they fail. */
  public static final String EJECTED = "rpc.client.ejected";

  /** How many calls a server is working on. */
  public static final String SERVER_IN_FLIGHT = "rpc.server.in_flight";

  /** How many calls a server takes on; NaN without a limit. */
  public static final String SERVER_LIMIT = "rpc.server.limit";

  /** The number of the policies that hold. */
  public static final String POLICY_EDITION = "rpc.policy.edition";

  /** 1 if the last policies that were offered were refused, 0 if not. */
  public static final String POLICY_PROBLEM = "rpc.policy.problem";

  private MetricNames() {}
}
