package dev.headline.allinone.platform;

import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How one process is.
 *
 * @param name its name
 * @param service what it is an instance of
 * @param cluster the cluster it is in
 * @param pid its process id
 * @param rpc where it is called
 * @param management where its health and metrics are
 * @param health {@code up}, {@code ended}, or what is wrong
 */
public record Health(
    String name,
    String service,
    String cluster,
    long pid,
    String rpc,
    String management,
    String health) {

  private static final String UP = "up";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Looks at every process of a platform: seconds at most for each that does not answer. */
  public static List<Health> of(State state) {
    return state.processes().parallelStream().map(Health::of).toList();
  }

  /** A JSON array. */
  public static String json(List<Health> all) {
    return JSON.writeValueAsString(all);
  }

  /** Whether nothing is wrong. */
  public boolean isWell() {
    return health.equals(UP);
  }

  private static Health of(ProcessState process) {
    return new Health(
        process.name(),
        process.service(),
        process.cluster(),
        process.pid(),
        process.rpc(),
        process.management(),
        look(process));
  }

  private static String look(ProcessState process) {
    if (!process.runs()) {
      return "ended";
    }
    if (process.management().isEmpty()) {
      return UP;
    }
    Probe.Answer answer = Probe.get(process.management() + "/actuator/health");
    return switch (answer.status()) {
      case 200 -> UP;
      case 0 -> "does not answer";
      default -> "unwell, answers " + answer.status();
    };
  }
}
