package dev.headline.rpc.discovery;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Instances and settings to test with. */
final class Instances {

  static final String SERVICE = "content-service";

  private Instances() {}

  /** The instance of that number, with a port of its own. */
  static Instance instance(int number) {
    return new Instance(
        SERVICE + "-" + number,
        SERVICE,
        "default",
        new Address.Tcp("127.0.0.1", 9_000 + number),
        Instance.DEFAULT_WEIGHT);
  }

  /** The instances of those numbers. */
  static List<Instance> instances(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Instances::instance).toList();
  }

  /** Settings that are in more of a hurry than the usual ones. */
  static ConsulSettings hasty(URI consul) {
    return new ConsulSettings(
        consul,
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        Duration.ofSeconds(1),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofSeconds(3),
        null);
  }
}
