package dev.headline.rpc.telemetry;

/** Which end of a call something is about. */
public enum Side {
  /** The one who calls. */
  CLIENT,
  /** The one who is called. */
  SERVER
}
