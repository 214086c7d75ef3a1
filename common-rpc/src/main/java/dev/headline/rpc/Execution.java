package dev.headline.rpc;

/** Whether a call that failed may have had an effect. */
public enum Execution {
  /** No handler has seen it: it may safely be sent again, whatever it does. */
  NOT_EXECUTED,
  /** A handler may have begun it, or finished it. */
  UNKNOWN
}
