package dev.headline.allinone.topology;

/** How instances call each other; nothing but the kind of address depends on it. */
public enum Transport {
  TCP,
  UNIX,
  IN_PROCESS
}
