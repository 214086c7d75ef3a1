package dev.headline.allinone.platform;

/** How the instances of a platform find each other. */
public sealed interface Discovery {

  /** They register in Consul and watch it. */
  record ByConsul(String url) implements Discovery {}

  /** Every instance is told all addresses when it starts: what is left where there is no Consul. */
  record Fixed() implements Discovery {}

  /** They share a JVM, and what is in it. */
  record Local() implements Discovery {}

  /** The value of {@code headline.rpc.directory}. */
  default String directory() {
    return switch (this) {
      case ByConsul _ -> "consul";
      case Fixed _ -> "fixed";
      case Local _ -> "local";
    };
  }
}
