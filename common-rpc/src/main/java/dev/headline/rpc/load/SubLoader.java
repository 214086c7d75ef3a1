package dev.headline.rpc.load;

import java.util.Collection;
import java.util.function.Function;

/**
 * Loads a field that needs a value of another field: a line of the SUB_LOADER_MAP in Toutiao's
 * article on its Go microservices.
 *
 * @param parent the field it needs
 * @param keysOf the keys that a value of the parent asks for; may be empty
 */
record SubLoader<P, K, V>(
    Field<K, V> field,
    Field<?, P> parent,
    Function<? super P, ? extends Collection<? extends K>> keysOf,
    Loader<K, V> loader,
    int maxBatch,
    boolean isAside)
    implements FieldLoader<Object> {

  SubLoader {
    GraphCheck.batch(field, maxBatch);
  }

  /** The keys that the parent's values ask for. */
  // The graph has checked that the parent is this very field, so the values are of its type.
  @SuppressWarnings("unchecked")
  Keys<K> keysFrom(Collection<?> parentValues) {
    return Keys.of((Collection<P>) parentValues, keysOf);
  }

  @Override
  public SubLoader<P, K, V> inBatchesOf(int keys) {
    return new SubLoader<>(field, parent, keysOf, loader, keys, isAside);
  }

  @Override
  public SubLoader<P, K, V> aside() {
    return new SubLoader<>(field, parent, keysOf, loader, maxBatch, true);
  }
}
