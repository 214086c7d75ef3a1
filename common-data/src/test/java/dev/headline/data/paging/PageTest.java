package dev.headline.data.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PageTest {

  @Test
  void aPageEndsAtTheLastEntryThatItShows() {
    assertThat(cut(9, 8, 7)).isEqualTo(new Page<>(List.of(9L, 8L), keyset(8)));
  }

  @Test
  void aPageThatIsJustFullIsTheLastOne() {
    assertThat(cut(9, 8)).isEqualTo(new Page<>(List.of(9L, 8L), null));
  }

  @Test
  void nothingFoundIsAnEmptyLastPage() {
    assertThat(cut()).isEqualTo(new Page<>(List.of(), null));
  }

  private static Page<Long> cut(long... found) {
    return Page.cut(LongStream.of(found).boxed().toList(), 2, PageTest::keyset);
  }

  private static Keyset keyset(long id) {
    return new Keyset(Instant.EPOCH, id);
  }
}
