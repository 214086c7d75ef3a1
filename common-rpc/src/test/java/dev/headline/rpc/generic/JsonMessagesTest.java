package dev.headline.rpc.generic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TypeRegistry;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonMessagesTest {

  private final JsonMessages messages = new JsonMessages(TypeRegistry.getEmptyTypeRegistry());

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '§',
      value = {
        "{'id': 'x'} § id: not a 64-bit integer: 'x'",
        "{'id': 9223372036854775808} § id: not a 64-bit integer: 9223372036854775808",
        "{'id': 1.5} § id: not a 64-bit integer: 1.5",
        "{'id': [5]} § id: not a 64-bit integer: [5]",
        "{'id': {}} § id: not a 64-bit integer: {}",
        "{'legs': -1} § legs: not an unsigned 32-bit integer: -1",
        "{'legs': 1e999999999} § legs: not an unsigned 32-bit integer: 1E+999999999",
        "{'common_name': ['x']} § common_name: not a string: ['x']",
        "{'weight': 1e400} § weight: not a 64-bit floating-point number: 1E+400",
        "{'tame': 1} § tame: not true or false: 1",
        "{'picture': '%%'} § picture: not bytes in Base64: '%%'",
        "{'mood': 'HAPPY'} § mood: not one of CALM, ANGRY: 'HAPPY'",
        "{'tags': 5} § tags: not a list: 5",
        "{'tags': ['1', 2, 'x']} § tags[2]: not a 64-bit integer: 'x'",
        "{'tags': [1, null]} § tags[1]: not a 64-bit integer: null",
        "{'children': [{}, {'mood': 'HAPPY'}]} § children[1].mood: not one of CALM, ANGRY: 'HAPPY'",
        "{'children': [5]} § children[0]: not an object: 5",
        "{'children': [null]} § children[0]: not an object: null",
        "{'counts': []} § counts: not an object: []",
        "{'counts': {'1': 1, 'x': 2}} § counts['x']: its key is not a 32-bit integer: 'x'",
        "{'counts': {'1': 'y'}} § counts['1']: not a 64-bit integer: 'y'",
        "{'counts': {'1': null}} § counts['1']: not a 64-bit integer: null",
        "{'friends': {'Leo': {'id': 'x'}}} § friends['Leo'].id: not a 64-bit integer: 'x'",
        "{'bornAt': 'today'} § bornAt: not a time such as '2026-01-31T12:00:00Z': 'today'",
        "{'sleeps': '5 s'} § sleeps: not a duration such as '1.5s': '5 s'",
        "{'notes': 5} § notes: not a google.protobuf.Struct: 5",
        "{'chip': -1} § chip: not an unsigned 64-bit integer: -1",
        "[1] § the request: not an object: [1]",
        "{'meat': 'ham', 'grass_per_day': 0} § grass_per_day: excludes meat, which is there too",
        "{'common_name': 'a', 'commonName': 'b'} § commonName: the same field as common_name",
      })
  void whatIsWrongIsNamedByItsPath(String json, String sentence) {
    assertThat(refusal(Zoo.ANIMAL, json.replace('\'', '"')))
        .hasMessage(sentence.replace('\'', '"'))
        .extracting(RpcException::code)
        .isEqualTo(RpcCode.INVALID_ARGUMENT);
  }

  @Test
  void anUnknownNameComesWithTheNearestAndAllThereAre() {
    assertThat(refusal(Zoo.ANIMAL, "{\"children\": [{\"comon_name\": 5}]}"))
        .hasMessageStartingWith(
            "children[0].comon_name: no such field (did you mean common_name?); Animal has: id, "
                + "legs, common_name, ")
        .hasMessageEndingWith(", chip");
  }

  @Test
  void aNameInAMessageWithoutFieldsIsUnknown() {
    assertThat(refusal(Zoo.NOTHING, "{\"a\": 1}")).hasMessage("a: no such field: Nothing has none");
  }

  @Test
  void aLongNameAndALongValueAreShortenedAndKeptOnOneLine() {
    assertThat(refusal(Zoo.NOTHING, "{\"a\\n%s\": 1}".formatted("b".repeat(1_000))))
        .hasMessage("a�%s…: no such field: Nothing has none".formatted("b".repeat(58)));
    assertThat(refusal(Zoo.ANIMAL, "{\"id\": \"%s\"}".formatted("b".repeat(1_000))))
        .hasMessage("id: not a 64-bit integer: \"%s…".formatted("b".repeat(59)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '§',
      value = {
        "{'id': § Not JSON at line 1, column 7:",
        "{id: 1} § Not JSON at line 1, column 2:",
        "{'id': 1} {} § Not JSON at line 1, column 11:",
        "{'id': NaN} § Not JSON at line 1",
        "{'id': 1, 'id': 2} § Not JSON at line 1",
      })
  void whatIsNotJsonIsPlaced(String json, String sentence) {
    assertThat(refusal(Zoo.ANIMAL, json.replace('\'', '"'))).hasMessageStartingWith(sentence);
  }

  @Test
  void whatIsNotClosedIsSaidPlainly() {
    assertThat(refusal(Zoo.ANIMAL, "{\"tags\":["))
        .hasMessage(
            "Not JSON at line 1, column 10: Unexpected end-of-input: expected close marker for"
                + " Array");
  }

  @Test
  void noTextIsNoRequest() {
    assertThat(refusal(Zoo.ANIMAL, " ")).hasMessage("There is no JSON");
  }

  @Test
  void aRequestMayBe32LevelsDeepAndNoDeeper() {
    String animal = "{\"children\":[".repeat(15) + "{\"tags\":[%s]}" + "]}".repeat(15);

    assertThat(messages.read(Zoo.ANIMAL, animal.formatted("1"))).isNotNull();
    assertThat(refusal(Zoo.ANIMAL, animal.formatted("[]")))
        .hasMessageStartingWith("JSON is at most 32 levels deep");
  }

  @Test
  void aRequestMayHaveOneMebibyteAndNoMore() {
    String animal = "{\"common_name\":\"%s\"}";
    String longest = "é".repeat((1024 * 1024 - animal.length() + 2) / 2);

    assertThat(messages.read(Zoo.ANIMAL, animal.formatted(longest))).isNotNull();
    assertThat(refusal(Zoo.ANIMAL, animal.formatted(longest + "é")))
        .hasMessageStartingWith("A request is at most 1,048,576 bytes of JSON, but this one has");
  }

  @ParameterizedTest
  @CsvSource({"id", "weight", "chip"})
  void aNumberInAStringIsNoLongerThanANumberMayBe(String field) {
    assertThat(refusal(Zoo.ANIMAL, "{\"%s\": \"%s\"}".formatted(field, "0".repeat(1_001))))
        .hasMessageStartingWith(field + ": not a");
    assertThat(messages.read(Zoo.ANIMAL, "{\"%s\": \"%s\"}".formatted(field, "0".repeat(1_000))))
        .isNotNull();
  }

  @Test
  void eachKindOfFieldIsReadAndWrittenAgain() {
    String json =
        """
        {
          "id": "9007199254740993",
          "legs": 4,
          "common_name": "<Löwe's>",
          "weight": 1.5,
          "tame": true,
          "picture": "AQI=",
          "mood": "ANGRY",
          "tags": ["1", "2"],
          "children": [],
          "counts": {
            "7": "8"
          },
          "friends": {
          },
          "meat": "ham",
          "born_at": "2026-01-31T12:00:00Z",
          "sleeps": "1.500s",
          "notes": {
            "a": [null]
          },
          "chip": "18446744073709551615"
        }""";

    assertThat(messages.write(messages.read(Zoo.ANIMAL, json))).isEqualToIgnoringWhitespace(json);
  }

  @Test
  void nullIsLikeNothingAtAll() {
    String json = "{\"id\": null, \"tags\": null, \"meat\": null, \"grassPerDay\": 3}";

    assertThat(messages.read(Zoo.ANIMAL, json))
        .isEqualTo(messages.read(Zoo.ANIMAL, "{\"grass_per_day\": 3}"));
  }

  @Test
  void aReplySaysAlsoWhatIsZeroAndNoMore() {
    String json = messages.write(DynamicMessage.getDefaultInstance(Zoo.ANIMAL));

    assertThat(json).contains("\"id\" : \"0\"", "\"tags\" : [ ]").doesNotContain("meat", "born_at");
  }

  @Test
  void aWholeRequestMayBeOfAWellKnownType() {
    assertThat(messages.read(Timestamp.getDescriptor(), "\"1970-01-01T00:00:07Z\"").toByteString())
        .isEqualTo(Timestamp.newBuilder().setSeconds(7).build().toByteString());
    assertThatThrownBy(() -> messages.read(Timestamp.getDescriptor(), "7"))
        .hasMessageStartingWith("Not a Timestamp: ");
  }

  private RpcException refusal(Descriptor type, String json) {
    return catchThrowableOfType(RpcException.class, () -> messages.read(type, json));
  }
}
