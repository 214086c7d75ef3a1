package dev.headline.rpc.policy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The alternatives of a part of a policy: the records that its sealed interface permits. */
final class Alternatives {

  private static final String OFF = "off";

  private Alternatives() {}

  /** The name by which documents choose an alternative. */
  static String name(Class<?> alternative) {
    return SettingText.kebab(alternative.getSimpleName());
  }

  /** The value of the part where no rule says anything. */
  static Object standard(Class<?> part) {
    try {
      return part.getField("DEFAULT").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A part of a policy has a standard value: " + part, e);
    }
  }

  /** The alternative that a switch chooses. */
  static Class<?> turned(Class<?> part, Setting to) {
    return to.value().equals(OFF) ? named(part, to) : on(part, null);
  }

  /** The alternative of a name. */
  static Class<?> named(Class<?> part, Setting by) {
    for (Class<?> alternative : part.getPermittedSubclasses()) {
      if (name(alternative).equals(by.value())) {
        return alternative;
      }
    }
    throw new PolicyException(
        by.source(),
        "%s is one of %s, but this is '%s'"
            .formatted(by.name(), String.join(", ", names(part)), by.value()));
  }

  /**
   * The alternative that settings belong to which name none: the one that holds, if it is not off.
   */
  static Class<?> on(Class<?> part, @Nullable Object held) {
    if (held != null && !name(held.getClass()).equals(OFF)) {
      return held.getClass();
    }
    Object standard = standard(part);
    if (!name(standard.getClass()).equals(OFF)) {
      return standard.getClass();
    }
    return Arrays.stream(part.getPermittedSubclasses())
        .filter(alternative -> !name(alternative).equals(OFF))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Whether documents name the alternative by {@link Overlay#BY}, because off and on do not say
   * which.
   */
  static boolean needsName(Class<?> part) {
    return names(part).stream().filter(name -> !name.equals(OFF)).count() > 1;
  }

  private static List<String> names(Class<?> part) {
    return Arrays.stream(part.getPermittedSubclasses()).map(Alternatives::name).toList();
  }
}
