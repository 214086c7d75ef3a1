package dev.headline.content.logic;

import dev.headline.content.dal.Articles;
import dev.headline.content.dal.NewArticle;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes the contents of a batch, or finds those that are there: repeating a batch changes
 * nothing. Of two with the same source key in one batch, the first counts.
 */
public final class ImportContents {

  private final ReplicaRouter router;
  private final Articles articles;

  /**
   * @param router opens the transaction
   * @param articles where contents are kept
   */
  public ImportContents(ReplicaRouter router, Articles articles) {
    this.router = router;
    this.articles = articles;
  }

  /** Imports all or, if this throws, none. */
  public Imported run(List<NewArticle> batch) {
    Map<String, NewArticle> byKey = new LinkedHashMap<>();
    batch.forEach(article -> byKey.putIfAbsent(article.sourceKey(), article));
    Snapshot<Imported> written =
        router.commit(
            sql -> {
              int created = articles.publishMissing(sql, byKey.values());
              Map<String, Long> ids = articles.idsBySourceKey(sql, byKey.keySet());
              return new Imported(
                  batch.stream().map(NewArticle::sourceKey).map(ids::get).toList(), created);
            });
    // Those that were there too: an earlier run may have ended between its commit and this.
    articles.changed(written.value().ids(), written.asOf());
    return written.value();
  }

  /**
   * What became of a batch.
   *
   * @param ids in the order of the batch
   * @param created how many did not exist before
   */
  public record Imported(List<Long> ids, int created) {}
}
