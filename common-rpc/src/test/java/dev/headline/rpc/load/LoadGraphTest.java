package dev.headline.rpc.load;

import static dev.headline.rpc.load.LoadGraph.basic;
import static dev.headline.rpc.load.LoadGraph.sub;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadGraphTest {

  private static final Field<Long, Long> ROOT = Field.of("A_Info");
  private static final Field<Long, Long> B = Field.of("A.B_Info");
  private static final Field<Long, Long> C = Field.of("A.C_Info");
  private static final Field<Long, Long> D = Field.of("A.D_Info");

  private final Loader<Long, Long> loader = keys -> Map.of();

  @Test
  void aGraphKnowsItsFieldsInOrder() {
    assertThat(new Site().graph(10).fields())
        .containsExactly(Site.CONTENT, Site.COMMENTS, Site.AUTHOR, Site.COMMENTER);
  }

  @Test
  void aFieldCannotNeedItself() {
    refused(
        "A field cannot need itself: A.B_Info needs A.C_Info, which needs A.B_Info",
        root(),
        needs(B, C),
        needs(C, B));
  }

  @Test
  void aRoundIsToldOfAFieldOnIt() {
    refused(
        "A field cannot need itself: A.C_Info needs A.D_Info, which needs A.C_Info",
        root(),
        needs(B, C),
        needs(C, D),
        needs(D, C));
  }

  @Test
  void whatAFieldNeedsIsInTheGraph() {
    refused("A.B_Info needs A.C_Info, which is not in the graph", root(), needs(B, C));
  }

  @Test
  void aNamesakeOfWhatAFieldNeedsIsNotIt() {
    Field<Long, String> namesake = Field.of("A_Info");
    refused(
        "A.B_Info needs A_Info, which is not in the graph",
        root(),
        sub(B, namesake, text -> (long) text.length(), loader));
  }

  @Test
  void aNameIsTakenOnce() {
    refused("A.B_Info is declared twice", root(), needs(B, ROOT), basic(B, loader));
  }

  @Test
  void aFieldHasAPlaceInTheAnswer() {
    Field<Long, Long> lost = Field.of("A.B.E_Info");
    refused(
        "A.B.E_Info has no place in the answer: there is no A.B_Info", root(), needs(lost, ROOT));
  }

  @Test
  void thereIsOneRoot() {
    Field<Long, Long> second = Field.of("B_Info");
    refused(
        "A graph has one root, which is a field without a dot in its name, but here are"
            + " [A_Info, B_Info]",
        root(),
        basic(second, loader));
    refused("A graph has one root, which is a field without a dot in its name, but here are []");
  }

  @Test
  void theRootIsBasic() {
    refused(
        "A_Info is the root, so it is loaded by the primary key and needs no field",
        needs(ROOT, B),
        basic(B, loader));
  }

  @Test
  void aCallTakesAtLeastOneKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> root().inBatchesOf(0))
        .withMessage("A_Info is loaded by at least 1 key a call, not 0");
  }

  private FieldLoader<Long> root() {
    return basic(ROOT, loader);
  }

  private FieldLoader<Object> needs(Field<Long, Long> field, Field<Long, Long> parent) {
    return sub(field, parent, key -> key, loader);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // handed on and not written to
  private static void refused(String sentence, FieldLoader<? super Long>... loaders) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LoadGraph.of(loaders))
        .withMessage(sentence);
  }
}
