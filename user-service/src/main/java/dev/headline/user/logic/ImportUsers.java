package dev.headline.user.logic;

import dev.headline.data.ReplicaRouter;
import dev.headline.data.Snapshot;
import dev.headline.user.dal.Accounts;
import dev.headline.user.dal.NewAccount;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Creates the users of a batch, or finds those who exist: repeating a batch changes nothing. Of two
 * with the same handle in one batch, the first counts.
 */
public final class ImportUsers {

  private final ReplicaRouter router;
  private final Accounts accounts;

  /**
   * @param router opens the transaction
   * @param accounts where users are kept
   */
  public ImportUsers(ReplicaRouter router, Accounts accounts) {
    this.router = router;
    this.accounts = accounts;
  }

  /** Imports all or, if this throws, none. */
  public Imported run(List<NewAccount> batch) {
    Map<String, NewAccount> byHandle = new LinkedHashMap<>();
    batch.forEach(account -> byHandle.putIfAbsent(account.handle(), account));
    Snapshot<Imported> written =
        router.commit(
            sql -> {
              int created = accounts.createMissing(sql, byHandle.values());
              Map<String, Long> ids = accounts.idsByHandle(sql, byHandle.keySet());
              return new Imported(
                  batch.stream().map(NewAccount::handle).map(ids::get).toList(), created);
            });
    // Those who were there too: an earlier run may have ended between its commit and this.
    accounts.changed(written.value().ids(), written.asOf());
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
