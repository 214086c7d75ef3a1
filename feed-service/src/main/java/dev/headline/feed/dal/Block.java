package dev.headline.feed.dal;

import dev.headline.data.paging.Keyset;
import dev.headline.feed.v1.FeedBlock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of one list.
 *
 * @param entries newest first
 * @param isWhole whether the list has no others
 */
record Block(List<FeedEntry> entries, boolean isWhole) {

  private static final Comparator<Keyset> OLDER_FIRST =
      Comparator.comparing(Keyset::at).thenComparing(Keyset::id);

  private static final Comparator<FeedEntry> NEWEST_FIRST =
      Comparator.comparing(FeedEntry::position, OLDER_FIRST.reversed());

  Block {
    entries = List.copyOf(entries);
  }

  /**
   * A part of the list that several lists make together, newest first.
   *
   * @param blocks of lists that have no entry in common
   * @param after where to go on; null for the beginning
   * @param limit at most so many; positive
   * @return none if some of it may lie behind the end of a block
   */
  static Optional<List<FeedEntry>> part(
      Collection<Block> blocks, @Nullable Keyset after, int limit) {
    Optional<Keyset> horizon = blocks.stream().flatMap(Block::end).max(OLDER_FIRST);
    List<FeedEntry> known =
        blocks.stream()
            .flatMap(block -> block.entries().stream())
            .filter(it -> after == null || OLDER_FIRST.compare(it.position(), after) < 0)
            .filter(
                it -> horizon.isEmpty() || OLDER_FIRST.compare(it.position(), horizon.get()) >= 0)
            .sorted(NEWEST_FIRST)
            .limit(limit)
            .toList();
    boolean isAll = known.size() == limit || horizon.isEmpty();
    return isAll ? Optional.of(known) : Optional.empty();
  }

  /** Up to where nothing is missing; none if nothing is missing at all. */
  private Stream<Keyset> end() {
    return isWhole || entries.isEmpty() ? Stream.empty() : Stream.of(entries.getLast().position());
  }

  FeedBlock message() {
    var message = FeedBlock.newBuilder().setWhole(isWhole);
    for (FeedEntry entry : entries) {
      message
          .addContentIds(entry.contentId())
          .addAuthorIds(entry.authorId())
          .addPublishedAt(ChronoUnit.MICROS.between(Instant.EPOCH, entry.publishedAt()));
    }
    return message.build();
  }

  static Block of(FeedBlock message) {
    List<FeedEntry> entries = new ArrayList<>(message.getContentIdsCount());
    for (int i = 0; i < message.getContentIdsCount(); i++) {
      entries.add(
          new FeedEntry(
              message.getContentIds(i),
              message.getAuthorIds(i),
              Instant.EPOCH.plus(message.getPublishedAt(i), ChronoUnit.MICROS)));
    }
    return new Block(entries, message.getWhole());
  }
}
