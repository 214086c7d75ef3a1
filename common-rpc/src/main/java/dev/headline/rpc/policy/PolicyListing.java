package dev.headline.rpc.policy;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a policy as settings again: all of them, each with where it was said. */
final class PolicyListing {

  private final Map<String, Setting> said;
  private final List<Setting> listed = new ArrayList<>();

  private PolicyListing(Map<String, Setting> said) {
    this.said = said;
  }

  static List<Setting> of(CallPolicy policy, Map<String, Setting> said) {
    var listing = new PolicyListing(said);
    listing.record("", policy);
    return List.copyOf(listing.listed);
  }

  private void record(String prefix, Object holder) {
    for (RecordComponent component : holder.getClass().getRecordComponents()) {
      String name = prefix + SettingText.kebab(component.getName());
      value(name, component.getType(), PolicyBinding.read(component, holder));
    }
  }

  private void value(String name, Class<?> type, Object value) {
    if (type.isSealed()) {
      alternative(name, type, value);
      return;
    }
    if (value instanceof Record) {
      record(name + ".", value);
      return;
    }
    if (value instanceof Map<?, ?> map) {
      new TreeMap<>(map).forEach((key, each) -> add(name + "." + key, SettingText.write(each)));
      return;
    }
    add(name, SettingText.write(value));
  }

  private void alternative(String name, Class<?> type, Object value) {
    String chosen = Alternatives.name(value.getClass());
    if (value.getClass().getRecordComponents().length == 0 && !Alternatives.needsName(type)) {
      add(name, chosen);
      return;
    }
    if (Alternatives.needsName(type)) {
      add(name + "." + Overlay.BY, chosen);
    }
    record(name + ".", value);
  }

  private void add(String name, String value) {
    Setting setting = said.get(name);
    listed.add(setting == null ? new Setting(name, value, Setting.STANDARD) : setting);
  }
}
