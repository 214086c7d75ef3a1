package dev.headline.data.cache;

/**
 * What Redis does in one step. All of it runs on Redis 6.2. Positions are sixteen hexadecimal
 * digits, so that the later one is the greater text; {@link EntryFormat} says where they stand.
 */
final class Scripts {

  private Scripts() {}

  /**
   * For each key: its entry if that is fresh, or else a plus sign if the caller got the lease, or
   * else the entry if it can be used, or else nothing, because somebody has the lease. Before them
   * all: the epoch, which begins here if there was none. Behind its sixteen digits Redis keeps the
   * position before which nothing is filled in it.
   *
   * <p>Keys: the epoch; entry and lease of each key. Arguments: an epoch to begin; the caller's
   * token; how long the lease holds; the position an entry must show; the time.
   */
  static final String LEASE =
      """
      redis.call('SET', KEYS[1], ARGV[1], 'NX')
      local epoch = string.sub(redis.call('GET', KEYS[1]), 1, 16)
      local answers = {epoch}
      for i = 2, #KEYS, 2 do
        local entry = redis.call('GET', KEYS[i]) or ''
        local usable = string.sub(entry, 17, 17) ~= 'F'
          and string.sub(entry, 18, 33) == epoch
          and string.sub(entry, 1, 16) >= ARGV[4]
        local answer = ''
        if usable and string.sub(entry, 34, 49) > ARGV[5] then
          answer = entry
        elseif redis.call('SET', KEYS[i + 1], ARGV[2], 'NX', 'PX', ARGV[3]) then
          answer = '+'
        elseif usable then
          answer = entry
        end
        answers[#answers + 1] = answer
      end
      return answers
      """;

  /**
   * Puts entries in their places, unless a write has come since the lease was given, something
   * newer is there, or another epoch has begun. Answers for each key: filled, lease, position or
   * epoch.
   *
   * <p>Keys: the epoch; entry and lease of each key. Arguments: the epoch of the entries; the
   * caller's token; for each key the entry and its lifetime, 0 for ever.
   */
  static final String FILL =
      """
      local begun = redis.call('GET', KEYS[1]) or ''
      local epoch = string.sub(begun, 1, 16)
      local floor = string.sub(begun, 17, 32)
      local verdicts = {}
      for i = 2, #KEYS, 2 do
        local entry = ARGV[i + 1]
        local held = redis.call('GETRANGE', KEYS[i], 0, 32)
        local counts = string.sub(held, 17, 17) == 'F' or string.sub(held, 18, 33) == epoch
        local verdict = 'filled'
        if epoch ~= ARGV[1] then
          verdict = 'epoch'
        elseif redis.call('GET', KEYS[i + 1]) ~= ARGV[2] then
          verdict = 'lease'
        else
          redis.call('DEL', KEYS[i + 1])
          local position = string.sub(entry, 1, 16)
          if position < floor or counts and position < string.sub(held, 1, 16) then
            verdict = 'position'
          elseif ARGV[i + 2] == '0' then
            redis.call('SET', KEYS[i], entry)
          else
            redis.call('SET', KEYS[i], entry, 'PX', ARGV[i + 2])
          end
        end
        verdicts[#verdicts + 1] = verdict
      end
      return verdicts
      """;

  /**
   * Gives leases back.
   *
   * <p>Keys: leases. Argument: the caller's token.
   */
  static final String RELEASE =
      """
      for i = 1, #KEYS do
        if redis.call('GET', KEYS[i]) == ARGV[1] then
          redis.call('DEL', KEYS[i])
        end
      end
      return {}
      """;

  /**
   * Takes values and leases away and leaves fences. A value goes even if it claims to be newer than
   * the write, because after a failover positions may begin again further down; the fence is then
   * as far up as that value, so that nothing older than it takes its place.
   *
   * <p>Keys: entry and lease of each key. Arguments: how long a fence stays; a fence for each key.
   */
  static final String FENCE =
      """
      for i = 1, #KEYS, 2 do
        local fence = ARGV[(i + 1) / 2 + 1]
        local held = redis.call('GETRANGE', KEYS[i], 0, 15)
        if held > string.sub(fence, 1, 16) then
          fence = held .. 'F'
        end
        redis.call('SET', KEYS[i], fence, 'PX', ARGV[1])
        redis.call('DEL', KEYS[i + 1])
      end
      return {}
      """;
}
