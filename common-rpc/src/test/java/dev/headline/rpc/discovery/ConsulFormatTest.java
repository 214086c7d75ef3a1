package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.SERVICE;
import static dev.headline.rpc.discovery.Instances.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsulFormatTest {

  @ParameterizedTest
  @ValueSource(strings = {"tcp://127.0.0.1:9001", "tcp://[::1]:9001", "unix:/tmp/a.sock"})
  void whatIsWrittenIsReadBack(String address) throws IOException {
    Instance instance = new Instance("a-1", SERVICE, "blue", Address.parse(address), 7);
    assertThat(read("[" + FakeConsul.entry(instance) + "]").instances()).containsExactly(instance);
  }

  @Test
  void entriesAreSortedById() throws IOException {
    String text = "[" + FakeConsul.entry(instance(2)) + "," + FakeConsul.entry(instance(1)) + "]";
    assertThat(read(text).instances()).containsExactly(instance(1), instance(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "7",
        "{'Service':{'ID':'x'}}",
        "{'Service':{'ID':'x','Meta':{'rpc-address':'nowhere','cluster':'c','weight':'1'}}}",
        "{'Service':{'ID':'x','Meta':{'rpc-address':'unix:/a','cluster':'c','weight':'x'}}}",
        "{'Service':{'ID':'x','Meta':{'rpc-address':'unix:/a','cluster':'c','weight':'0'}}}",
        "{'Service':{'ID':'x','Meta':{'rpc-address':'unix:/a','cluster':'C!','weight':'1'}}}",
        "{'Service':{'ID':'','Meta':{'rpc-address':'unix:/a','cluster':'c','weight':'1'}}}",
      })
  void anEntryThatIsNotOursIsLeftOut(String entry) throws IOException {
    String text = "[" + entry.replace('\'', '"') + "," + FakeConsul.entry(instance(1)) + "]";
    ConsulFormat.Entries entries = read(text);
    assertThat(entries.instances()).containsExactly(instance(1));
    assertThat(entries.unreadable()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "null", "[", "<html>"})
  void aReplyThatIsNoListIsAFailure(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
  }

  @Test
  void aRegistrationSaysAllThatConsulNeeds() {
    assertThat(ConsulFormat.write(instance(1), Duration.ofSeconds(6)))
        .contains("\"ID\":\"content-service-1\"", "\"Name\":\"content-service\"")
        .contains("\"Address\":\"127.0.0.1\"", "\"Port\":9001", "\"Passing\":100")
        .contains("\"CheckID\":\"heartbeat:content-service-1\"", "\"TTL\":\"6000ms\"")
        .contains("\"DeregisterCriticalServiceAfter\":\"60000ms\"", "\"Status\":\"passing\"");
  }

  private static ConsulFormat.Entries read(String text) throws IOException {
    return ConsulFormat.read(SERVICE, text);
  }
}
