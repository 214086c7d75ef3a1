package dev.headline.infra.postgres;

import dev.headline.infra.Endpoint;
import dev.headline.infra.InfraException;
import dev.headline.infra.process.Launch;
import dev.headline.infra.process.StopSignal;
import dev.headline.infra.process.SupervisedServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One server of a cluster: the primary or a replica. */
public abstract sealed class PostgresNode extends SupervisedServer
    permits PostgresPrimary, PostgresReplica {

  private static final String MAINTENANCE_DATABASE = "postgres";

  private final Installation installation;

  PostgresNode(Installation installation, String name, Endpoint endpoint) {
    super(name, endpoint, installation.settings().folder().resolve(name + ".log"));
    this.installation = installation;
  }

  /** The address of a database on this node as JDBC takes it, without user and password. */
  public final String jdbcUrl(String database) {
    return "jdbc:postgresql://" + endpoint() + "/" + database;
  }

  /** A connection as superuser; the caller closes it. */
  public final Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", Secrets.SUPERUSER);
    properties.setProperty("password", installation.secrets().password());
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("loginTimeout", "2");
    properties.setProperty("socketTimeout", "60");
    return DriverManager.getConnection(jdbcUrl(database), properties);
  }

  /** A connection as superuser to the database that always exists. */
  final Connection connect() throws SQLException {
    return connect(MAINTENANCE_DATABASE);
  }

  /** Runs a statement as superuser. */
  final void execute(String sql) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new InfraException("%s refused: %s".formatted(this, sql), failure);
    }
  }

  /** The value of an expression; needs a node that answers. */
  final long number(String expression) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT " + expression)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failure) {
      throw new InfraException("%s did not say %s".formatted(this, expression), failure);
    }
  }

  /** Whether that holds there; not if it cannot be asked. */
  final boolean is(String condition) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT " + condition)) {
      return rows.next() && rows.getBoolean(1);
    } catch (SQLException unreachable) {
      return false;
    }
  }

  /** Settings only this kind of node has. */
  abstract List<String> ownParameters();

  final Installation installation() {
    return installation;
  }

  final Path data() {
    return installation.data(name());
  }

  @Override
  protected final void prepare() {
    PidFile.clear(data());
  }

  @Override
  protected final Launch launch() {
    List<String> command = new ArrayList<>();
    command.add(installation.binaries().postgres());
    command.add("-D");
    command.add(data().toString());
    command.addAll(Parameters.of(installation.settings()));
    command.addAll(Parameters.listening(endpoint().port()));
    command.addAll(ownParameters());
    return new Launch(
        name(),
        command,
        installation.account(),
        log(),
        StopSignal.INT,
        List.of("PG"),
        Duration.ofSeconds(10));
  }

  @Override
  protected final boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }
}
