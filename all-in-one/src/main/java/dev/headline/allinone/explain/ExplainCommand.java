package dev.headline.allinone.explain;

import dev.headline.allinone.HomeOption;
import dev.headline.allinone.platform.PlatformException;
import dev.headline.allinone.platform.Probe;
import dev.headline.allinone.platform.ProcessState;
import dev.headline.allinone.platform.State;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks both sides of a five-tuple how its calls are governed, and prints what they say. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = {
      "Says how the calls of one service to a method of another are governed: the policy and",
      "where each value comes from, the chain in order with its state, and the last decisions.",
      "Exit status 0 if all instances of both services answered."
    })
public final class ExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private HomeOption home = new HomeOption();

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "The calling service, such as gateway.")
  private String from = "";

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = "The called service, such as user-service.")
  private String to = "";

  @Parameters(index = "2", paramLabel = "METHOD", description = "The method, such as BatchGet.")
  private String method = "";

  @Option(names = "--json", description = "for programs")
  private boolean json;

  /** For picocli. */
  public ExplainCommand() {}

  @Override
  public Integer call() {
    State state =
        State.read(home.home())
            .orElseThrow(() -> new PlatformException("Nothing runs: ./headline up"));
    List<ProcessState> sides =
        state.processes().stream()
            .filter(each -> !each.management().isEmpty())
            .filter(each -> each.service().equals(from) || each.service().equals(to))
            .toList();
    refuseUnknown(state, from);
    refuseUnknown(state, to);
    Map<String, String> answers = new LinkedHashMap<>();
    for (ProcessState side : sides) {
      ask(side).ifPresent(answer -> answers.put(side.name(), answer));
    }
    print(answers);
    return answers.size() == sides.size() ? 0 : 1;
  }

  private void refuseUnknown(State state, String service) {
    List<String> services =
        state.processes().stream()
            .filter(each -> !each.management().isEmpty())
            .map(ProcessState::service)
            .distinct()
            .toList();
    if (!services.contains(service)) {
      throw new ParameterException(
          spec.commandLine(),
          "No service '%s' runs, but: %s".formatted(service, String.join(", ", services)));
    }
  }

  private Optional<String> ask(ProcessState side) {
    String path =
        "/actuator/governance/%s/%s/%s".formatted(segment(from), segment(to), segment(method));
    Probe.Answer answer = Probe.get(side.management() + path);
    if (answer.status() == 200) {
      return Optional.of(answer.body());
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%s does not answer (status %d)%n", side.name(), answer.status());
    err.flush();
    return Optional.empty();
  }

  private void print(Map<String, String> answers) {
    if (json) {
      JsonMapper mapper = JsonMapper.shared();
      ObjectNode all = mapper.createObjectNode();
      answers.forEach((instance, answer) -> all.set(instance, mapper.readTree(answer)));
      out().println(all.toPrettyString());
    } else {
      answers.forEach(
          (instance, answer) ->
              ExplanationText.print(instance, answer, instance.startsWith(from), out()));
    }
    out().flush();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
