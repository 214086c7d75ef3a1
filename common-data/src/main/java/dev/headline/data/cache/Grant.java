package dev.headline.data.cache;

import dev.headline.data.cache.Entry.Answer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The right to fill some keys.
 *
 * @param epoch in which it was given
 * @param token who has it
 * @param keys for which it was given
 * @param answers what is there for others, so that nobody needs to load them
 */
record Grant<K, V>(String epoch, String token, Set<K> keys, Map<K, Answer<V>> answers) {

  /** Reads what {@link Scripts#LEASE} answers. */
  static <K, V> Grant<K, V> of(
      String token, Collection<K> keys, List<byte[]> answers, EntryFormat<V> format) {
    byte[] epoch = answers.getFirst();
    var granted = new LinkedHashSet<K>();
    var there = new HashMap<K, Answer<V>>();
    int next = 1;
    for (K key : keys) {
      byte[] answer = answers.get(next++);
      // A plus sign.
      if (answer.length == 1) {
        granted.add(key);
      } else if (format.read(answer, epoch) instanceof Answer<V> entry) {
        there.put(key, entry);
      }
    }
    return new Grant<>(EntryFormat.text(epoch), token, granted, there);
  }
}
