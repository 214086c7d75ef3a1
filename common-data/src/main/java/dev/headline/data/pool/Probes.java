package dev.headline.data.pool;

import dev.headline.data.DataSettings;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Where probes get their connections from: apart from requests, and with less patience. */
public final class Probes {

  private Probes() {}

  /** Whichever node is the primary. */
  public static DataSource ofPrimary(DataSettings settings) {
    return of(PrimaryUrl.of(settings.primaryUrl(), settings.replicaUrls()), settings);
  }

  public static DataSource of(String url, DataSettings settings) {
    var login = new Properties();
    login.setProperty("user", settings.username());
    login.setProperty("password", settings.password());
    // In seconds, but the third, which is in milliseconds. The second one bounds the login as well,
    // and unlike the login's own limit it
    // needs no thread for that.
    login.setProperty("connectTimeout", "1");
    login.setProperty("socketTimeout", "1");
    login.setProperty("sslResponseTimeout", "500");
    login.setProperty("logServerErrorDetail", "false");
    login.setProperty("ApplicationName", settings.username() + "-lag");
    return new DriverManagerDataSource(url, login);
  }
}
