package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.headline.data.WalPosition;
import dev.headline.data.cache.Entry.Absent;
import dev.headline.data.cache.Entry.Fence;
import dev.headline.data.cache.Entry.Present;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryFormatTest {

  private static final byte[] EPOCH = EntryFormat.bytes("0123456789ABCDEF");
  private static final WalPosition POSITION = new WalPosition(0xFEDC_BA98_7654_3210L);

  private final EntryFormat<StringValue> format = new EntryFormat<>(Form.of(StringValue.parser()));

  @Test
  void aValueComesBackAsItWas() {
    var value = StringValue.of("größer");
    byte[] entry = format.present(POSITION, EPOCH, 1_234, value);

    assertThat(format.read(entry, EPOCH)).isEqualTo(new Present<>(POSITION, 1_234, value));
  }

  @Test
  void whatIsNotThereAndWhatWasWrittenComeBackToo() {
    assertThat(format.read(format.absent(POSITION, EPOCH, 1), EPOCH))
        .isEqualTo(new Absent<>(POSITION));
    assertThat(format.read(EntryFormat.fence(POSITION), null)).isEqualTo(new Fence<>(POSITION));
  }

  @Test
  void aValueOfAnotherEpochOrOfNoneIsNotBelieved() {
    byte[] entry = format.present(POSITION, EPOCH, 1, StringValue.of("old"));

    assertThat(format.read(entry, EntryFormat.bytes("0000000000000000"))).isNull();
    assertThat(format.read(entry, null)).isNull();
    assertThat(format.read(null, EPOCH)).isNull();
  }

  @Test
  void laterPositionsAreGreaterTexts() {
    long[] positions = {0, 9, 10, 0xFF, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1};
    for (int i = 1; i < positions.length; i++) {
      assertThat(EntryFormat.digits(positions[i]))
          .isGreaterThan(EntryFormat.digits(positions[i - 1]));
    }
  }

  @Test
  void noBytesWhateverAreAFailure() {
    var random = new Random(1);
    byte[] good = format.present(POSITION, EPOCH, 1, StringValue.of("good"));
    for (int i = 0; i < 10_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 5));
      if (bad.length > 0) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      var _ = format.read(bad, EPOCH);
    }
    assertThat(format.read("neither".getBytes(StandardCharsets.UTF_8), EPOCH)).isNull();
  }
}
