package dev.headline.rpc;

/** The parts of an attempt on the client's side, in their order. Each has a limit of its own. */
public enum Phase {
  /** From the start until there is a connection that takes the call. */
  CONNECT,
  /** Until the request has been written to the connection. */
  WRITE,
  /** Until the first byte of the reply: the network both ways, and all that the server does. */
  WAIT,
  /** Until the last byte of the reply. */
  READ
}
