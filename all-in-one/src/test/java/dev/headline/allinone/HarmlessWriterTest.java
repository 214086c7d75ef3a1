package dev.headline.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class HarmlessWriterTest {

  private final StringWriter terminal = new StringWriter();
  private final PrintWriter out = new PrintWriter(new HarmlessWriter(terminal));

  @ParameterizedTest
  @CsvSource({"0000", "0007", "0008", "000d", "001b", "007f", "009b", "202e", "2066", "200f"})
  void whatATerminalObeysIsShownInstead(String hex) {
    out.print("a" + (char) Integer.parseInt(hex, 16) + "b");

    assertThat(terminal).hasToString("a\\u" + hex + "b");
  }

  @Test
  void whatATerminalOnlyShowsStaysAsItIs() {
    String text = "one\n\ttwo → 新闻 😀 é ‰ \\";

    out.print(text);

    assertThat(terminal).hasToString(text);
  }

  @Test
  void itMakesNoDifferenceHowTextIsWritten() throws IOException {
    try (var writer = new HarmlessWriter(terminal)) {
      writer.write(0x1b);
      writer.write("xx\u001bxx", 1, 3);
      writer.write("xx\u001bxx".toCharArray(), 1, 3);
    }

    assertThat(terminal).hasToString("\\u001bx\\u001bxx\\u001bx");
  }

  @Test
  void jsonStaysTheSameJson() {
    String said = "\u0085\u009b31m\u202e";
    out.print(JsonMapper.shared().writeValueAsString(said));

    assertThat(JsonMapper.shared().readValue(terminal.toString(), String.class)).isEqualTo(said);
    assertThat(terminal.toString()).isPrintable();
  }
}
