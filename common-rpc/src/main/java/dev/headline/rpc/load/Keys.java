package dev.headline.rpc.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a field is asked for.
 *
 * @param distinct cannot be modified
 * @param repeated how many keys came more than once and were left out
 */
record Keys<K>(Set<K> distinct, int repeated) {

  /** A copy of primary keys: a load that nobody waits for any more may still read them. */
  static <K> Keys<K> copyOf(Set<? extends K> primary) {
    return new Keys<>(Collections.unmodifiableSet(new LinkedHashSet<K>(primary)), 0);
  }

  /** The keys that some values ask for, each once. */
  static <P, K> Keys<K> of(
      Collection<? extends P> values,
      Function<? super P, ? extends Collection<? extends K>> keysOf) {
    var distinct = LinkedHashSet.<K>newLinkedHashSet(values.size());
    int repeated = 0;
    for (P value : values) {
      for (K key : keysOf.apply(value)) {
        if (!distinct.add(key)) {
          repeated++;
        }
      }
    }
    return new Keys<>(Collections.unmodifiableSet(distinct), repeated);
  }

  /** The keys in parts of nearly the same size, none above the maximum. */
  List<Set<K>> split(int maximum) {
    int parts = Math.ceilDiv(distinct.size(), maximum);
    if (parts <= 1) {
      return distinct.isEmpty() ? List.of() : List.of(distinct);
    }
    var all = new ArrayList<Set<K>>(parts);
    var keys = distinct.iterator();
    for (int part = 0; part < parts; part++) {
      int size = distinct.size() * (part + 1) / parts - distinct.size() * part / parts;
      var some = LinkedHashSet.<K>newLinkedHashSet(size);
      while (some.size() < size) {
        some.add(keys.next());
      }
      all.add(Collections.unmodifiableSet(some));
    }
    return all;
  }
}
