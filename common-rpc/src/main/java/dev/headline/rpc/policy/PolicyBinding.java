package dev.headline.rpc.policy;

import dev.headline.rpc.words.Spelling;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link CallPolicy} of settings by the shape of its records: a component is a name, a
 * nested record is a part, a sealed interface is a part with alternatives. So a new value of a
 * policy needs no line here. What is not set is as in the standard policy.
 */
final class PolicyBinding {

  private static final Set<String> SWITCH = Set.of("off", "on");

  private final SortedMap<String, Setting> settings;
  private final Set<String> used = new TreeSet<>();
  private final Set<String> known = new TreeSet<>();

  PolicyBinding(SortedMap<String, Setting> settings) {
    this.settings = settings;
  }

  /**
   * Binds all settings.
   *
   * @throws PolicyException if a name is unknown, or a value cannot be
   */
  static CallPolicy bind(SortedMap<String, Setting> settings, CallPolicy standard) {
    var binding = new PolicyBinding(settings);
    CallPolicy policy = (CallPolicy) binding.record("", CallPolicy.class, standard);
    binding.refuseUnknown();
    return policy;
  }

  private Object record(String prefix, Class<?> type, @Nullable Object standard) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = prefix + SettingText.kebab(components[i].getName());
      Object fallback = type.isInstance(standard) ? read(components[i], standard) : null;
      values[i] = value(name, components[i], fallback);
    }
    return construct(prefix, type, components, values);
  }

  private Object value(String name, RecordComponent component, @Nullable Object standard) {
    Class<?> type = component.getType();
    if (type.isSealed()) {
      return alternative(name, type, standard);
    }
    if (type.isRecord()) {
      return record(name + ".", type, standard);
    }
    if (type == Map.class) {
      return map(name + ".", component, standard);
    }
    known.add(name);
    Setting setting = settings.get(name);
    if (setting != null) {
      used.add(name);
      return parse(setting, type);
    }
    if (standard == null) {
      throw new PolicyException(
          sources(name.substring(0, name.lastIndexOf('.') + 1)), name + " is missing");
    }
    return standard;
  }

  private Object alternative(String name, Class<?> type, @Nullable Object standard) {
    known.add(name);
    Setting turned = settings.get(name);
    if (turned != null) {
      used.add(name);
      if (!SWITCH.contains(turned.value())) {
        throw new PolicyException(
            turned.source(),
            "%s is on, off or a group of settings, but this is '%s'"
                .formatted(name, turned.value()));
      }
    }
    Class<?> chosen = chosen(name, type, standard, turned);
    Object fallback = chosen.isInstance(standard) ? standard : Alternatives.standard(type);
    return record(name + ".", chosen, fallback);
  }

  private Class<?> chosen(
      String name, Class<?> type, @Nullable Object standard, @Nullable Setting turned) {
    if (turned != null) {
      return Alternatives.turned(type, turned);
    }
    Setting by = settings.get(name + "." + Overlay.BY);
    if (by != null) {
      used.add(by.name());
      return Alternatives.named(type, by);
    }
    boolean nothingSaid = settings.subMap(name + ".", name + "." + Character.MAX_VALUE).isEmpty();
    return nothingSaid && standard != null ? standard.getClass() : Alternatives.on(type, standard);
  }

  private Map<String, Object> map(
      String prefix, RecordComponent component, @Nullable Object standard) {
    var type = (ParameterizedType) component.getGenericType();
    Class<?> valueType = (Class<?>) type.getActualTypeArguments()[1];
    Map<String, Object> values = new LinkedHashMap<>();
    settings
        .subMap(prefix, prefix + Character.MAX_VALUE)
        .forEach(
            (name, setting) -> {
              used.add(name);
              values.put(name.substring(prefix.length()), parse(setting, valueType));
            });
    if (values.isEmpty() && standard instanceof Map<?, ?> given) {
      given.forEach((key, value) -> values.put(key.toString(), value));
    }
    return values;
  }

  private static Object parse(Setting setting, Class<?> type) {
    try {
      return SettingText.read(type, setting.value());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new PolicyException(setting.source(), setting.name() + ": " + e.getMessage());
    }
  }

  private Object construct(
      String prefix, Class<?> type, RecordComponent[] components, Object[] values) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw new PolicyException(
          sources(prefix), String.valueOf(e.getTargetException().getMessage()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A policy is a public record: " + type, e);
    }
  }

  static Object read(RecordComponent component, Object holder) {
    try {
      return component.getAccessor().invoke(holder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A policy is a public record: " + holder, e);
    }
  }

  /** Where the settings of a part were said. */
  private String sources(String prefix) {
    List<String> places =
        settings.subMap(prefix, prefix + Character.MAX_VALUE).values().stream()
            .map(Setting::source)
            .distinct()
            .toList();
    return places.isEmpty() ? Setting.STANDARD : String.join(" and ", places);
  }

  private void refuseUnknown() {
    for (Setting setting : settings.values()) {
      if (!used.contains(setting.name())) {
        throw new PolicyException(
            setting.source(),
            "there is no setting '%s'%s"
                .formatted(setting.name(), Spelling.hint(setting.name(), known)));
      }
    }
  }
}
