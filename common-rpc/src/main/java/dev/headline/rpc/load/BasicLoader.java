package dev.headline.rpc.load;

/**
 * Loads a field that needs only the primary key: a line of the BASIC_LOADER_MAP in Toutiao's
 * article on its Go microservices.
 */
record BasicLoader<K, V>(Field<K, V> field, Loader<K, V> loader, int maxBatch, boolean isAside)
    implements FieldLoader<K> {

  BasicLoader {
    GraphCheck.batch(field, maxBatch);
  }

  @Override
  public BasicLoader<K, V> inBatchesOf(int keys) {
    return new BasicLoader<>(field, loader, keys, isAside);
  }

  @Override
  public BasicLoader<K, V> aside() {
    return new BasicLoader<>(field, loader, maxBatch, true);
  }
}
