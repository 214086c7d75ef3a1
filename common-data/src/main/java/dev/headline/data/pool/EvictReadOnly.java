package dev.headline.data.pool;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.headline.data.statement.SqlFailures;
import java.sql.SQLException;

/**
 * A primary that has become a replica refuses writes, but keeps its connections. They must not stay
 * in the pool, or writes would fail until they are old.
 */
final class EvictReadOnly implements SQLExceptionOverride {

  @java.lang.Override
  public SQLExceptionOverride.Override adjudicate(SQLException failure) {
    return SqlFailures.READ_ONLY_TRANSACTION.equals(failure.getSQLState())
        ? SQLExceptionOverride.Override.MUST_EVICT
        : SQLExceptionOverride.Override.CONTINUE_EVICT;
  }
}
