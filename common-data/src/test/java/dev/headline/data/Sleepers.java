package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests that end, and statements that would not. */
public final class Sleepers {

  /** Longer than any test waits. */
  public static final Duration LONG = Duration.ofSeconds(20);

  private Sleepers() {}

  public static Scope request(Duration budget) {
    return RequestContext.open(Caller.UNKNOWN, budget);
  }

  /** The server's process behind the connection: the same one is the same connection. */
  public static int backend(JdbcClient client) {
    return client.sql("select pg_backend_pid()").query(Integer.class).single();
  }

  public static long sleep(JdbcClient client) {
    return sleep(client, 20);
  }

  public static long sleep(JdbcClient client, double seconds) {
    return client
        .sql("select count(*) from pg_sleep(:seconds)")
        .param("seconds", seconds)
        .query(Long.class)
        .single();
  }

  /** Whether a statement of the same database is asleep. */
  public static boolean someoneSleeps(JdbcClient observer) {
    List<Integer> sleepers =
        observer
            .sql(
                """
                select pid
                from pg_stat_activity
                where state = 'active' and query like '%pg_sleep%' and pid <> pg_backend_pid()
                  and datname = current_database()
                """)
            .query(Integer.class)
            .list();
    return !sleepers.isEmpty();
  }

  public static void assertEndsWith(RpcCode code, ThrowingCallable work) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
