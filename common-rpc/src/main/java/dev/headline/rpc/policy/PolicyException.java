package dev.headline.rpc.policy;

/** A policy document that cannot be used. Its message says where and why, in a sentence. */
public final class PolicyException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * @param where the document and the line
   * @param sentence what is wrong there
   */
  PolicyException(String where, String sentence) {
    super(where + ": " + sentence);
  }
}
