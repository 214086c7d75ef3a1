package dev.headline.data.statement;

import dev.headline.rpc.RequestContext;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sends no statement for a request that is over, be it the next one of a transaction. */
public final class RequestJdbcTemplate extends JdbcTemplate {

  public RequestJdbcTemplate(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  protected void applyStatementSettings(Statement statement) throws SQLException {
    RequestContext.current().check();
    super.applyStatementSettings(statement);
  }
}
