package dev.headline.data.cache;

import io.lettuce.core.api.push.PushListener;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.codec.StringCodec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All who watch keys. Redis says by itself when a name changes that begins as one of them wishes.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/client-side-caching/">Client-side
 *     caching, the broadcasting mode</a>
 */
final class Watchers {

  private static final String INVALIDATE = "invalidate";

  private final CopyOnWriteArrayList<RedisWatcher> all = new CopyOnWriteArrayList<>();

  void add(RedisWatcher watcher) {
    all.add(watcher);
  }

  void remove(RedisWatcher watcher) {
    all.remove(watcher);
  }

  List<String> prefixes() {
    return all.stream().flatMap(watcher -> watcher.prefixes().stream()).toList();
  }

  void lost() {
    all.forEach(RedisWatcher::lost);
  }

  /** Hears what Redis says unasked. */
  PushListener pushes() {
    return this::pushed;
  }

  private void pushed(PushMessage message) {
    if (!message.getType().equals(INVALIDATE)) {
      return;
    }
    List<Object> content = message.getContent(StringCodec.UTF8::decodeKey);
    // Without names, all of them: everything was deleted.
    if (content.size() > 1 && content.get(1) instanceof List<?> names) {
      names.forEach(name -> changed((String) name));
      return;
    }
    lost();
  }

  private void changed(String name) {
    for (RedisWatcher watcher : all) {
      for (String prefix : watcher.prefixes()) {
        if (name.startsWith(prefix)) {
          watcher.changed(name);
        }
      }
    }
  }
}
