package dev.headline.data.cache;

import dev.headline.infra.redis.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks into Redis, on connections of its own that it closes at once. */
record Observer(Redis server) {

  void flush() {
    var _ = ask(RedisCommands::flushall);
  }

  void resetCounts() {
    var _ = ask(RedisCommands::configResetstat);
  }

  /** How often a command was called since {@link #resetCounts}. */
  int calls(String command) {
    Matcher count =
        Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
            .matcher(ask(redis -> redis.info("commandstats")));
    return count.find() ? Integer.parseInt(count.group(1)) : 0;
  }

  /** In milliseconds; -1 for ever, -2 if there is no such name. */
  long lifetime(String name) {
    return ask(redis -> redis.pttl(name));
  }

  String get(String name) {
    return ask(redis -> String.valueOf(redis.get(name)));
  }

  void set(String name, String value) {
    var _ = ask(redis -> redis.set(name, value));
  }

  void delete(String name) {
    var _ = ask(redis -> redis.del(name));
  }

  private <T> T ask(Function<RedisCommands<String, String>, T> question) {
    try (RedisClient client = RedisClient.create(server.uri());
        var connection = client.connect()) {
      return question.apply(connection.sync());
    }
  }
}
