package dev.headline.data.cache;

import java.util.List;

/** Hears what becomes of keys, so that copies of their values can be dropped. Must not block. */
interface RedisWatcher {

  /** What the names begin with that it wants to hear of; always the same. */
  List<String> prefixes();

  /** The value of a name has changed, or is gone. */
  void changed(String name);

  /** Any value may have changed, and nobody may have said so. */
  void lost();
}
