package dev.headline.allinone.endtoend;

import dev.headline.allinone.platform.Platform;
import dev.headline.allinone.platform.Probe;
import dev.headline.allinone.platform.RunningInstance;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How often each call was made, as all processes of a platform tell Prometheus.
 *
 * @param counts by the five-tuple and the code
 */
record CallCounts(Map<String, Long> counts) {

  /** What clients counted. */
  static final String CLIENT = "rpc_client_call_duration_seconds_count";

  /** What servers counted. */
  static final String SERVER = "rpc_server_call_duration_seconds_count";

  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Scrapes every instance and adds up. */
  static CallCounts of(Platform platform, String metric) {
    return of(platform.instances(), metric);
  }

  /** Scrapes some instances and adds up. */
  static CallCounts of(List<RunningInstance> instances, String metric) {
    Map<String, Long> sums = new TreeMap<>();
    for (RunningInstance instance : instances) {
      String url = instance.placement().managementUrl() + "/actuator/prometheus";
      Probe.get(url)
          .body()
          .lines()
          .filter(line -> line.startsWith(metric + "{"))
          .forEach(line -> sums.merge(key(line), count(line), Long::sum));
    }
    return new CallCounts(sums);
  }

  /** What was added since then, by the gateway's calls. */
  Map<String, Long> since(CallCounts earlier) {
    Map<String, Long> added = new TreeMap<>();
    counts.forEach(
        (key, count) -> {
          long more = count - earlier.counts().getOrDefault(key, 0L);
          if (more != 0 && key.startsWith("gateway/")) {
            added.put(key, more);
          }
        });
    return added;
  }

  private static String key(String line) {
    Map<String, String> labels =
        LABEL
            .matcher(line)
            .results()
            .collect(Collectors.toMap((MatchResult m) -> m.group(1), m -> m.group(2)));
    return "%s/%s -> %s/%s %s %s"
        .formatted(
            labels.get("from"),
            labels.get("from_cluster"),
            labels.get("to"),
            labels.get("to_cluster"),
            labels.get("method"),
            labels.get("code"));
  }

  private static long count(String line) {
    return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
