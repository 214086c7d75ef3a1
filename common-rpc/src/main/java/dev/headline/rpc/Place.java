package dev.headline.rpc;

/** Where an application may add links of its own to the chains. */
public enum Place {
  /** On the client, once for each call: it sees what the caller gets in the end. */
  AROUND_CALL,
  /** On the client, for each attempt: the instance is known, the headers are not final yet. */
  AROUND_ATTEMPT,
  /** On the server, for each call that was let in: the caller is known, the handler comes next. */
  AROUND_HANDLER
}
