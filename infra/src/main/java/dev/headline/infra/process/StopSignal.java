package dev.headline.infra.process;

/** The signal by which a server is asked to stop in its orderly way. */
public enum StopSignal {
  /** Postgres: fast shutdown. TERM would wait for clients to leave. */
  INT,
  /** Redis and Consul. */
  TERM
}
