package dev.headline.rpc.load;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.words.Spelling;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be loaded, and what each field needs for it. A <em>basic</em> field needs
 * only the primary key, so all of them start at once; a <em>sub</em> field needs a value of another
 * field. Where a field stands in the answer is said by its name, and is independent of that.
 *
 * <p>Checked when it is built. Immutable.
 *
 * @param <K> the primary key
 */
public final class LoadGraph<K> {

  /** The most fields that a request may ask for. */
  public static final int MAX_FIELDS = 32;

  private final Map<String, FieldLoader<? super K>> byName;
  private final FieldLoader<?> root;

  private LoadGraph(Map<String, FieldLoader<? super K>> byName) {
    this.byName = byName;
    this.root = GraphCheck.root(byName);
  }

  /**
   * A graph of these fields; exactly one name has no dot, and that field is the root.
   *
   * @throws IllegalArgumentException with a sentence, if there is no or more than one root, if a
   *     name is taken twice or has no place in the answer, or if a field needs itself or one that
   *     is not here
   */
  @SafeVarargs
  public static <K> LoadGraph<K> of(FieldLoader<? super K>... loaders) {
    var byName = new LinkedHashMap<String, FieldLoader<? super K>>();
    for (FieldLoader<? super K> loader : loaders) {
      GraphCheck.unique(loader.field(), byName.put(loader.field().name(), loader));
    }
    return new LoadGraph<>(byName);
  }

  /** A field that needs only the primary key. */
  public static <K, V> FieldLoader<K> basic(Field<K, V> field, Loader<K, V> loader) {
    return new BasicLoader<>(field, loader, FieldLoader.DEFAULT_BATCH, false);
  }

  /**
   * A field that needs a value of another field.
   *
   * @param parent the field it needs
   * @param keyOf the key that a value of the parent asks for; never null: what may ask for none is
   *     {@link #subMany}
   */
  public static <P, K, V> FieldLoader<Object> sub(
      Field<K, V> field,
      Field<?, P> parent,
      Function<? super P, ? extends K> keyOf,
      Loader<K, V> loader) {
    return subMany(field, parent, value -> List.of(keyOf.apply(value)), loader);
  }

  /**
   * A field that needs a value of another field, and of which there are many for one such value.
   *
   * @param parent the field it needs
   * @param keysOf the keys that a value of the parent asks for; may be empty
   */
  public static <P, K, V> FieldLoader<Object> subMany(
      Field<K, V> field,
      Field<?, P> parent,
      Function<? super P, ? extends Collection<? extends K>> keysOf,
      Loader<K, V> loader) {
    return new SubLoader<>(field, parent, keysOf, loader, FieldLoader.DEFAULT_BATCH, false);
  }

  /** All that can be asked for, in the order of declaration. */
  public List<Field<?, ?>> fields() {
    return byName.values().stream().<Field<?, ?>>map(FieldLoader::field).toList();
  }

  /**
   * Plans a request. The plan also holds what these fields need, the fields they stand in, and the
   * root. It can be kept and run any number of times.
   *
   * @param names what is asked for; the same name may come twice
   * @throws UnknownFieldException if a name is not in this graph
   * @throws RpcException INVALID_ARGUMENT if there are more than {@link #MAX_FIELDS}
   */
  public LoadPlan<K> plan(Collection<String> names) {
    if (names.size() > MAX_FIELDS) {
      throw new RpcException(
          RpcCode.INVALID_ARGUMENT,
          "A request asks for at most %d fields, but this one for %d"
              .formatted(MAX_FIELDS, names.size()));
    }
    var asked = new LinkedHashSet<Field<?, ?>>();
    var needed = new LinkedHashSet<Field<?, ?>>();
    include(root, needed);
    for (String name : names) {
      FieldLoader<? super K> loader = byName.get(name);
      if (loader == null) {
        throw new UnknownFieldException(name, Spelling.nearest(name, byName.keySet()));
      }
      asked.add(loader.field());
      include(loader, needed);
    }
    return LoadPlan.of(this, asked, needed);
  }

  /** The fields' loaders, in the order of declaration. */
  Collection<FieldLoader<? super K>> loaders() {
    return byName.values();
  }

  /** Refuses a field that is not of this graph, which can only be a mistake. */
  void checkOwn(Field<?, ?> field) {
    FieldLoader<?> own = byName.get(field.name());
    if (own == null || own.field() != field) {
      throw new IllegalArgumentException(field + " is not a field of this graph");
    }
  }

  Field<?, ?> root() {
    return root.field();
  }

  private void include(FieldLoader<?> loader, SequencedSet<Field<?, ?>> needed) {
    if (!needed.add(loader.field())) {
      return;
    }
    includeNamed(loader.field().owner(), needed);
    if (loader instanceof SubLoader<?, ?, ?> sub) {
      includeNamed(sub.parent().name(), needed);
    }
  }

  private void includeNamed(@Nullable String name, SequencedSet<Field<?, ?>> needed) {
    FieldLoader<?> loader = name == null ? null : byName.get(name);
    if (loader != null) {
      include(loader, needed);
    }
  }
}
