package dev.headline.rpc.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the rules that match a call say together. A later one overrides what it names, with three
 * consequences: whoever turns a part {@code off} or {@code on}, or chooses another alternative by
 * {@code by}, takes back all that was said of that part before; whoever says something of a part
 * that was off turns it on; and whoever names a share or a lane replaces all of them, because
 * shares mean something only together.
 */
final class Overlay {

  /** Chooses among alternatives. */
  static final String BY = "by";

  private static final String[] WHOLES = {"route.weights.", "route.lanes."};

  private final SortedMap<String, Setting> settings = new TreeMap<>();

  void add(PolicyRule rule) {
    Map<String, Setting> named = new LinkedHashMap<>();
    rule.settings().forEach(setting -> named.put(setting.name(), setting));
    for (Setting setting : rule.settings()) {
      takeBack(setting.name());
    }
    settings.putAll(named);
  }

  /** By name, in the order of names. */
  SortedMap<String, Setting> settings() {
    return settings;
  }

  private void takeBack(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      removeUnder(name + ".");
      return;
    }
    String part = name.substring(0, dot);
    settings.remove(part);
    if (name.equals(part + "." + BY)) {
      removeUnder(part + ".");
    }
    for (String whole : WHOLES) {
      if (name.startsWith(whole)) {
        removeUnder(whole);
      }
    }
  }

  private void removeUnder(String prefix) {
    settings.subMap(prefix, prefix + Character.MAX_VALUE).clear();
  }
}
