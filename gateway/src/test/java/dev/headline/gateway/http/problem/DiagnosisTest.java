package dev.headline.gateway.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

  @Test
  void inATraceADefectIsAFaultAndAMistakeOfTheClientIsNone() {
    RpcException mistake =
        Diagnosis.forTrace(
            Problem.of(ProblemType.INVALID_PARAMETER, "A limit is 1 to 100.").toException());
    RpcException defect = Diagnosis.forTrace(new IllegalStateException("a defect"));
    RpcException outage = Diagnosis.forTrace(new RpcException(RpcCode.UNAVAILABLE, "Not today"));

    assertThat(mistake.code().isFault()).isFalse();
    assertThat(defect.code().isFault()).isTrue();
    assertThat(outage.code()).isEqualTo(RpcCode.UNAVAILABLE);
  }
}
