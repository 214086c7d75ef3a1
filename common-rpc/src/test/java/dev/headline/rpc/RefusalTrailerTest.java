package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTrailerTest {

  private static final Status BUSY = Status.RESOURCE_EXHAUSTED.withDescription("Too much");

  @Test
  void whatIsWrittenIsRead() {
    for (Execution execution : Execution.values()) {
      for (Pushback pushback :
          List.of(
              Pushback.NONE,
              Pushback.NEVER,
              new Pushback.After(Duration.ZERO),
              new Pushback.After(Duration.ofMillis(250)))) {
        var failure =
            new RpcException(RpcCode.RESOURCE_EXHAUSTED, "Too much", null, execution, pushback);

        RpcException read = RefusalTrailer.read(BUSY, RefusalTrailer.of(failure));

        assertThat(read.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
        assertThat(read).hasMessage("Too much");
        assertThat(read.execution()).isEqualTo(execution);
        assertThat(read.pushback()).isEqualTo(pushback);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"250, 250", "0, 0", "-1, never", "soon, never", "99999999999, never"})
  void whatAnyGrpcServerSaysIsHeard(String text, String meaning) {
    RpcException read = read(RefusalTrailer.PUSHBACK, text);

    assertThat(read.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(read.pushback())
        .isEqualTo(
            meaning.equals("never")
                ? Pushback.NEVER
                : new Pushback.After(Duration.ofMillis(Long.parseLong(meaning))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+5", "1.5", "soon", "٣", "9999999999"})
  void aTrailerThatNobodyWritesDoesNotSayThatNothingWasExecuted(String text) {
    RpcException read = read(RefusalTrailer.REFUSED, text);

    assertThat(read.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(read.pushback()).isEqualTo(Pushback.NONE);
  }

  @Test
  void anOrdinaryFailureHasNoTrailer() {
    assertThat(RefusalTrailer.of(new RpcException(RpcCode.NOT_FOUND, "No such user")).keys())
        .isEmpty();
  }

  private static RpcException read(Metadata.Key<String> key, String text) {
    var trailers = new Metadata();
    trailers.put(key, text);
    return RefusalTrailer.read(BUSY, trailers);
  }
}
