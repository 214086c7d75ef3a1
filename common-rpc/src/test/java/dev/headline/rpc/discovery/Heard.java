package dev.headline.rpc.discovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A listener that remembers every list it was told. */
final class Heard implements Consumer<List<Instance>> {

  final List<List<Instance>> lists = new CopyOnWriteArrayList<>();

  @Override
  public void accept(List<Instance> instances) {
    lists.add(instances);
  }

  /** The ids of the newest list, or one that nothing has if there is no list. */
  List<String> ids() {
    return lists.isEmpty()
        ? List.of("nothing was told")
        : lists.getLast().stream().map(Instance::id).toList();
  }
}
