package dev.headline.rpc.load;

import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.subMany;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A random graph over numbers, and what a run of it must ask for and find. */
final class RandomGraph {

  final List<Field<Long, Long>> fields = new ArrayList<>();
  final List<FakeLoader<Long, Long>> loaders = new ArrayList<>();
  final Map<Integer, Integer> parents = new HashMap<>();
  final List<Integer> maxima = new ArrayList<>();
  final LoadGraph<Long> graph;

  /**
   * A graph.
   *
   * @param atCall done within each call, with the number of its field
   */
  @SuppressWarnings("unchecked") // an array of a generic type cannot be made otherwise
  RandomGraph(Random random, Consumer<Integer> atCall) {
    int size = 1 + random.nextInt(12);
    var lines = new ArrayList<FieldLoader<? super Long>>();
    for (int i = 0; i < size; i++) {
      int number = i;
      fields.add(Field.of(i == 0 ? "A_Info" : "A.F" + i + "_Info"));
      loaders.add(
          new FakeLoader<Long, Long>(key -> value(number, key))
              .before(keys -> atCall.accept(number)));
      maxima.add(1 + random.nextInt(8));
      if (i > 0 && random.nextInt(3) > 0) {
        parents.put(i, random.nextInt(i));
      }
      lines.add(line(i).inBatchesOf(maxima.get(i)));
    }
    graph = LoadGraph.of(lines.toArray(FieldLoader[]::new));
  }

  List<String> names() {
    return fields.stream().map(Field::name).toList();
  }

  /** The keys that each field must be asked for. */
  List<Set<Long>> expectedKeys(Set<Long> primary) {
    var expected = new ArrayList<Set<Long>>();
    for (int i = 0; i < fields.size(); i++) {
      Integer parent = parents.get(i);
      expected.add(parent == null ? primary : keysBelow(parent, expected.get(parent)));
    }
    return expected;
  }

  static long value(int field, long key) {
    return key * 31 + field;
  }

  private FieldLoader<? super Long> line(int i) {
    Integer parent = parents.get(i);
    return parent == null
        ? basic(fields.get(i), loaders.get(i))
        : subMany(fields.get(i), fields.get(parent), RandomGraph::keysOf, loaders.get(i));
  }

  private static Set<Long> keysBelow(int parent, Set<Long> parentKeys) {
    var keys = new HashSet<Long>();
    parentKeys.forEach(key -> keys.addAll(keysOf(value(parent, key))));
    return keys;
  }

  private static Set<Long> keysOf(long value) {
    return value % 4 == 0 ? Set.of() : new TreeSet<>(List.of(value % 11, value % 5));
  }
}
