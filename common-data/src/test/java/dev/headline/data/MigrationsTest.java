package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.DatabaseRole;
import dev.headline.infra.postgres.PostgresCluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

/** Who makes the tables, and whose they are. */
@WithServers
class MigrationsTest {

  private static final DatabaseRole OWNER = new DatabaseRole("earlier_owner", "secret");
  private static final DatabaseRole SERVICE = new DatabaseRole("earlier", "secret");

  @Test
  void aServiceCannotMigrate(PostgresCluster cluster) {
    var service = new DatabaseRole("empty", "secret");
    cluster.createDatabase("empty", new DatabaseRole("empty_owner", "secret"), service);
    String url = cluster.primary().jdbcUrl("empty");
    var settings = new DataSettings(url, List.of(), service.name(), service.password(), 1);

    assertThatThrownBy(() -> migrateAs(service, settings))
        .isInstanceOf(FlywayException.class)
        .hasMessageContaining("permission denied for schema public");
  }

  @Test
  void aServiceUsesWhatItsOwnerMade(FreshDatabase database) {
    Routers.migrate(database);
    Routers.migrate(database);

    try (var router = router(Routers.asService(database, 1))) {
      assertThat(insert(router, 1)).isEqualTo(1);
    }
  }

  /** When a service owned its tables, it made them itself. */
  @Test
  void dataOfAnEarlierVersionGoesOn(PostgresCluster cluster) throws SQLException {
    try (var connection = cluster.primary().connect("postgres");
        var superuser = connection.createStatement()) {
      superuser.execute("create role earlier login password 'secret'");
      superuser.execute("create database earlier owner earlier");
    }
    String url = cluster.primary().jdbcUrl("earlier");
    var settings = new DataSettings(url, List.of(), SERVICE.name(), SERVICE.password(), 1);
    migrateAs(SERVICE, settings);
    try (var router = router(settings)) {
      insert(router, 1);
    }

    cluster.createDatabase("earlier", OWNER, SERVICE);

    migrateAs(OWNER, settings);
    try (var router = router(settings)) {
      assertThat(insert(router, 2)).isEqualTo(1);
      assertThat(router.primary().sql("select count(*) from thing").query(Long.class).single())
          .isEqualTo(2);
    }
  }

  @Test
  void thePasswordIsRequiredAndNotPrinted() {
    assertThatThrownBy(() -> new MigrationSettings("owner", null))
        .hasMessage("headline.data.migration.password is missing and has no default");
    assertThat(new MigrationSettings("owner", "secret").toString()).doesNotContain("secret");
  }

  private static void migrateAs(DatabaseRole role, DataSettings settings) {
    Migrations.run(settings, new MigrationSettings(role.name(), role.password()), "data-test");
  }

  private static ReplicaRouter router(DataSettings settings) {
    return ReplicaRouter.open(settings, new SimpleMeterRegistry());
  }

  private static int insert(ReplicaRouter router, long id) {
    return router.write(sql -> sql.sql("insert into thing (id) values (?)").param(id).update());
  }
}
