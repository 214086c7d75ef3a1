package dev.headline.allinone.topology;

/** Where instances live. */
public enum Hosting {
  /** Each in a JVM of its own, from its own module's jar: the gateway has no database driver. */
  OWN_JVM,
  /** All in the JVM of the platform, each in a Spring context of its own. */
  SHARED_JVM
}
