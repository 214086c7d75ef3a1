package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.headline.rpc.CallKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditLogTest {

  private static final CallKey KEY =
      new CallKey("search", "default", "user-service", "default", "BatchGet");

  private final Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final AtomicLong clock = new AtomicLong(-5);
  private final AuditLog audit = new AuditLog(KEY, clock::get);

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(lines);
  }

  @Test
  void theFirstIsWrittenDownAtOnceAndThenOneLineInTenSeconds() {
    for (int second = 0; second < 20; second++) {
      for (int i = 0; i < 1_000; i++) {
        audit.denied("denied by policy");
      }
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(written())
        .containsExactly(
            "search/default → user-service/default BatchGet: denied by policy (1 so far)",
            "search/default → user-service/default BatchGet: denied by policy (10001 so far)");
    assertThat(audit.count()).isEqualTo(20_000);
  }

  private List<String> written() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
