package dev.headline.data.cache;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a cache keeps, and under which names. A value of the key {@code 17} is found in Redis at
 * {@code content:article:v1:17}.
 *
 * @param service whose data it is
 * @param kind what one value is; also the label of the cache in metrics, so unique in a process
 * @param schema raised by one when old values could not be read, or would be misread; 1 or more
 * @param id a key as text; different for different keys
 * @param form how values are written
 */
public record CachedKind<K, V>(
    String service, String kind, int schema, Function<K, String> id, Form<V, ?> form) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,40}");

  public CachedKind {
    named("service", service);
    named("kind", kind);
    if (schema < 1) {
      throw new IllegalArgumentException(
          "The schema of a cache is 1 or more, but this one is " + schema);
    }
  }

  String entry(K key) {
    return prefix() + id.apply(key);
  }

  String lease(K key) {
    return "lease:" + prefix() + id.apply(key);
  }

  String epoch() {
    return "epoch:" + prefix();
  }

  /** What all names begin with whose change matters to whoever keeps values nearby. */
  List<String> watched() {
    return List.of(prefix(), epoch());
  }

  private String prefix() {
    return service + ":" + kind + ":v" + schema + ":";
  }

  private static void named(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "The %s of a cache is written in small letters, digits and hyphens, but this one is %s"
              .formatted(what, name));
    }
  }
}
