package dev.headline.infra.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.infra.doctor.Finding.Severity;
import dev.headline.infra.process.Account;
import dev.headline.infra.process.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorTest {

  private static final Path DATA = Path.of("/var/tmp/headline");

  @Test
  void aMachineThatRunsTheseTestsLacksNothing() {
    List<Finding> findings = Doctor.examine(Machine.current(), DATA);

    assertThat(findings).extracting(Finding::severity).containsOnly(Severity.FINE);
    assertThat(findings).extracting(Finding::remedy).containsOnly("");
  }

  @Test
  void anEmptyMachineOfAnUnknownKindLacksEverything() {
    Machine bare =
        new Machine(
            "riscv64",
            Map.of(
                "PATH", "/nowhere", "HEADLINE_CACHE", "/nowhere/cache", "REDIS_SERVER_BIN", "/no"),
            Path.of("/"),
            new Account(false));

    List<Finding> findings = Doctor.examine(bare, DATA);

    assertThat(find(findings, "bash").remedy()).isEqualTo("sudo apt-get install bash");
    assertThat(find(findings, "postgres").detail()).contains("riscv64");
    assertThat(find(findings, "redis").severity()).isEqualTo(Severity.BROKEN);
    assertThat(find(findings, "consul").severity()).isEqualTo(Severity.DEGRADED);
  }

  private static Finding find(List<Finding> findings, String subject) {
    return findings.stream()
        .filter(finding -> finding.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }
}
