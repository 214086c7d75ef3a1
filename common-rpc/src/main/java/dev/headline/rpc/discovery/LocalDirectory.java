package dev.headline.rpc.discovery;

import static java.util.Comparator.comparing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A directory and its registry in this process: services that are merged into one process find each
 * other here, by the same two interfaces as they would elsewhere.
 *
 * <p>What is registered in one of them is seen by all that were made by {@link #ofProcess()}, while
 * each ends only its own watches when closed: one service of a merged process may stop alone. What
 * it has registered is taken back by closing the {@link Registry.Registration}.
 */
public final class LocalDirectory implements Directory, Registry {

  private static final Map<String, Board> PROCESS = new ConcurrentHashMap<>();

  private final Map<String, Board> boards;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();

  private LocalDirectory(Map<String, Board> boards) {
    this.boards = boards;
  }

  /** A directory that shares its instances with every other one of this process. */
  public static LocalDirectory ofProcess() {
    return new LocalDirectory(PROCESS);
  }

  /** A directory that shares its instances with nobody. */
  public static LocalDirectory alone() {
    return new LocalDirectory(new ConcurrentHashMap<>());
  }

  @Override
  public Watch watch(String service, Consumer<List<Instance>> listener) {
    Watch reader = board(service).bulletin.listen(listener);
    watches.add(reader);
    return () -> {
      reader.close();
      watches.remove(reader);
    };
  }

  /** Makes an instance known at once; it replaces one with the same id. */
  @Override
  public Registration register(Instance instance) {
    return board(instance.service()).add(instance);
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
    watches.clear();
  }

  private Board board(String service) {
    return boards.computeIfAbsent(service, name -> new Board());
  }

  /**
   * The instances of one service. Nothing is known of a service that has none: the list is empty.
   */
  private static final class Board {

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Bulletin bulletin = new Bulletin();

    private Board() {
      bulletin.publish(List.of());
    }

    private synchronized Registration add(Instance instance) {
      Entry entry = new Entry(instance);
      entries.put(instance.id(), entry);
      publish();
      return () -> remove(entry);
    }

    private synchronized void remove(Entry entry) {
      if (entries.remove(entry.instance.id(), entry)) {
        publish();
      }
    }

    private void publish() {
      bulletin.publish(
          entries.values().stream().map(Entry::instance).sorted(comparing(Instance::id)).toList());
    }
  }

  /** Compared by identity, so that a late farewell does not take away the one that came after. */
  private static final class Entry {

    private final Instance instance;

    private Entry(Instance instance) {
      this.instance = instance;
    }

    private Instance instance() {
      return instance;
    }
  }
}
