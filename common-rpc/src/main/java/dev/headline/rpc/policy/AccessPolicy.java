package dev.headline.rpc.policy;

/** Whether a server lets a caller call a method. */
public enum AccessPolicy {
  ALLOW,
  DENY;

  /**
   * What holds where no rule says otherwise. A list that denies by default begins with a rule that
   * denies all.
   */
  public static final AccessPolicy DEFAULT = ALLOW;
}
